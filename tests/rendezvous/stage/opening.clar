
;; --- The stage of Rendezvous
;; Stands behind coordinator-registry in the fuzzed copy: what its owner does first, and what an actor can be asked for.

(define-trait actor (
  (enqueue (uint uint) (response uint uint))
  (cancel (uint uint) (response uint uint))
  (top-up (uint uint) (response uint uint))
  (prioritize (uint uint) (response uint uint))
  (requeue (uint uint) (response uint uint))
  (schedule (uint uint) (response uint uint))
  (dequeue (uint uint) (response uint uint))
  (settle (uint uint) (response uint uint))
  (heartbeat (uint uint) (response uint uint))
  (execute (uint uint) (response uint uint))
  (reclaim (uint uint) (response uint uint))
  (expire (uint uint) (response uint uint))
  (release-children (uint uint) (response uint uint))
  (trigger (uint uint) (response uint uint))
  (create-series (uint uint) (response uint uint))
  (cancel-series (uint uint) (response uint uint))
  (set-active (uint uint) (response uint uint))
))

(register-coordinator .actor u39) ;; producer, worker, template manager, admin
;; All accounts are workers: Rendezvous gets them in another order each time, which must not change what a seed does.
(register-coordinator 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM u2)
(register-coordinator 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5 u2)
(register-coordinator 'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG u2)
(register-coordinator 'ST2JHG361ZXG51QTKY2NQCVBPPRRE2KZB1HR05NNC u2)
(register-coordinator 'ST2NEB84ASENDXKYGJPQW86YXQCEFEX2ZQPG87ND u2)
(register-coordinator 'ST2REHHS5J3CERCRBEPMGH7921Q6PYKAADT7JP2VB u2)
(register-coordinator 'ST3AM1A56AK2C1XAFJ4115ZSV26EB49BVQ10MGCS0 u2)
(register-coordinator 'ST3PF13W7Z0RRM42A8VZRVFQ75SV1K26RXEP8YGKJ u2)
(register-coordinator 'ST3NBRSFKX28FQ2ZJ1MAKX58HKHSDGNV5N7R21XCP u2)
(set-param "open-enqueue" u1)
(set-param "open-execute" u1)
(set-param "trigger-share-bps" u500)
(set-param "strike-limit" u0)
