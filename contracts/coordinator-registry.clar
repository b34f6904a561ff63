;; title: coordinator-registry
;; synopsis: who may do what: coordinators, their permissions, the leases they hold, and the bonds of workers who
;;   register themselves
;; depends on: nothing
;; who may call: the owner and admins manage coordinators and parameters; guardians pause; anyone joins as a worker for
;;   a bond and takes it back; async-queue alone opens and closes leases
;; prints: coordinator-registered, coordinator-updated, coordinator-suspended, coordinator-reinstated,
;;   coordinator-removed, coordinator-moved, capacity-set, param-set, activities-paused, activities-resumed,
;;   owner-proposed, owner-accepted, bond-added, bond-leaving, bond-withdrawn, bond-cut, sink-withdrawn,
;;   worker-stood-down
;; limits: 120 leases a worker, 20 leases a call, 20 coordinators a page of get-busy
;;
;; Money: the balance is at least the bonds and the sink credit together. A bond leaves to its worker alone, but for the
;; cuts that go with lost leases: a share of each goes to whoever reclaimed, the rest to the sink.

;; --- Errors
(define-constant ERR_NOT_OWNER (err u1000)) ;; only the owner may do this
(define-constant ERR_UNKNOWN (err u1001)) ;; no coordinator is registered under this principal
(define-constant ERR_ROLE (err u1002)) ;; the caller lacks the permission this needs
(define-constant ERR_PAUSED (err u1003)) ;; this activity is paused
(define-constant ERR_CAPACITY (err u1004)) ;; the worker has too few free lease slots
(define-constant ERR_SYSTEM_ONLY (err u1005)) ;; only async-queue or task-control may call this
(define-constant ERR_BUSY (err u1006)) ;; the worker holds a lease; wait until it ends
(define-constant ERR_EXISTS (err u1007)) ;; this coordinator is already registered
(define-constant ERR_BAD_VALUE (err u1008)) ;; the role, capacity, name or mask is not one that is allowed
(define-constant ERR_BOND (err u1009)) ;; there is no bond, or it is below the parameter bond-min
(define-constant ERR_UNBONDING (err u1010)) ;; the bond is leaving, or may not be withdrawn yet
(define-constant ERR_STOOD_DOWN (err u1011)) ;; the worker failed too often in a row and gets no lease for a while
(define-constant ERR_PARAM_BOUNDS (err u1012)) ;; the value is outside the bounds of the parameter
(define-constant ERR_TRANSFER (err u1013)) ;; the STX did not move: none to move, too few, or not those of the caller

;; --- Constants
(define-constant ROLE_PRODUCER u1)
(define-constant ROLE_WORKER u2)
(define-constant ROLE_GUARDIAN u16)
(define-constant ROLE_ADMIN u32)
(define-constant ALL_ROLES u63) ;; also template manager 4, publisher 8

(define-constant NO_ACTIVITY u0)
(define-constant CLAIM u2)
(define-constant EXECUTE u4)
(define-constant TRIGGER u8)
(define-constant JOIN u128)
(define-constant ALL_ACTIVITIES u255) ;; also ENQUEUE 1, SCHEDULE 16, PUBLISH 32, MANAGE 64

(define-constant CLASS_GRANTED u0) ;; registered by an admin
(define-constant CLASS_BONDED u1) ;; joined by itself for a bond
(define-constant MAX_CAPACITY u120)
(define-constant BPS u10000)
(define-constant SINK tx-sender) ;; what bonds lose goes to whoever deploys this contract
(define-constant NO_WORK {mask: u0, oldest: u0, succeeded: u0, failed: u0, abandoned: u0, earned: u0, streak: u0,
  stood-until: u0})
(define-constant PAGE (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15 u16 u17 u18 u19))

;; --- Data
(define-data-var owner principal tx-sender)
(define-data-var next-owner (optional principal) none)
(define-data-var pauses uint u0) ;; mask of paused activities
(define-data-var claim-resumed uint u0) ;; Stacks height at which CLAIM was last paused no more
(define-data-var coordinator-count uint u0)
(define-data-var sink-credit uint u0) ;; uSTX

(define-map coordinators principal {
  role: uint, ;; mask of permissions
  capacity: uint, ;; leases it may hold at once
  active: bool, index: uint, ;; index: its place in coordinator-at
  class: uint ;; how it became a worker; each queue says which classes it admits
})
(define-map coordinator-at uint principal)
(define-map workers principal {
  mask: uint, ;; bit n is set while lease slot n is taken
  oldest: uint, ;; Stacks height before which no lease of this worker ends
  succeeded: uint, failed: uint, abandoned: uint, ;; abandoned: lost to a reclaim
  earned: uint, ;; uSTX
  streak: uint, ;; failures and losses since the last success or stand-down
  stood-until: uint ;; Stacks height from which it may take leases again
})
;; The task in a slot; it means something only while the slot's bit is set.
(define-map lease-slots {worker: principal, slot: uint} uint)
;; A registered coordinator has a bond exactly when its class is bonded.
(define-map bonds principal {
  amount: uint, ;; uSTX
  leaving-at: uint ;; Stacks height from which it may be withdrawn; u0 while it stays
})
;; The parameters there are; nothing adds one or changes its bounds.
(define-map params (string-ascii 32) {least: uint, most: uint, value: uint})
(map-set params "default-capacity" {least: u1, most: MAX_CAPACITY, value: u8}) ;; leases of a new coordinator
(map-set params "bonded-capacity" {least: u1, most: MAX_CAPACITY, value: u2}) ;; leases of a worker that joins
(map-set params "open-enqueue" {least: u0, most: u1, value: u0}) ;; 1: anyone may enqueue, 0: producers only
(map-set params "open-execute" {least: u0, most: u1, value: u0}) ;; 1: anyone may execute, 0: workers only
(map-set params "trigger-share-bps" {least: u0, most: u2000, value: u0}) ;; of a reward, for its first trigger
(map-set params "bond-min" {least: u1000000, most: u1000000000000000, value: u100000000}) ;; uSTX
(map-set params "bond-cut-bps" {least: u0, most: u5000, value: u1000}) ;; of the bond, for a lost lease
(map-set params "reclaimer-bps" {least: u0, most: u1000, value: u1000}) ;; of that cut, for whoever reclaims
;; Stacks blocks. The longest lease lasts 40,000: a lease ends before the bond behind it is gone.
(map-set params "unbonding-blocks" {least: u40000, most: u1000000, value: u44000})
(map-set params "strike-limit" {least: u0, most: u100, value: u10}) ;; streak that stands a worker down; 0: none does
(map-set params "stand-down-blocks" {least: u12, most: u100000, value: u1000}) ;; Stacks blocks

;; --- Read-only
(define-read-only (get-owner) (var-get owner))
(define-read-only (get-pauses) (var-get pauses))
(define-read-only (get-sink-credit) (var-get sink-credit))
(define-read-only (get-coordinator-count) (var-get coordinator-count))
(define-read-only (get-coordinator-at (index uint)) (map-get? coordinator-at index))
(define-read-only (get-bond (worker principal)) (map-get? bonds worker))
(define-read-only (get-worker (worker principal)) (default-to NO_WORK (map-get? workers worker)))

(define-read-only (get-coordinator-details (coordinator principal))
  (match (map-get? coordinators coordinator) details (some (merge details (get-worker coordinator))) none))

;; The value in force; none when there is no such parameter.
(define-read-only (get-param (name (string-ascii 32))) (get value (map-get? params name)))

;; The class of `who`, when `activity` is not paused and it is active with at least one of the permissions in the mask
;; `role`; nobody needs a permission for the role u0.
(define-read-only (authorize (who principal) (role uint) (activity uint))
  (let ((details (map-get? coordinators who)))
    (asserts! (is-running activity) ERR_PAUSED)
    (asserts! (or (is-eq role u0)
        (has-role details role)
        (and (is-eq role ROLE_PRODUCER) (is-eq (param "open-enqueue") u1))
        (and (is-eq role ROLE_WORKER) (is-eq activity EXECUTE) (is-eq (param "open-execute") u1))
        (and (> (bit-and role ROLE_ADMIN) u0) (is-eq who (var-get owner))))
      ERR_ROLE)
    (ok (default-to CLASS_GRANTED (get class details)))))

;; What whoever triggers a task first gets of its reward.
(define-read-only (get-trigger-share) (if (is-running TRIGGER) (ok (param "trigger-share-bps")) ERR_PAUSED))

;; The workers that hold a lease among the 20 coordinators from index `from` on; `next` starts the next page.
(define-read-only (get-busy (from uint))
  (let ((count (var-get coordinator-count))
        (start (if (< from count) from count))
        (next (+ start u20)))
    {busy: (get busy (fold add-if-busy PAGE {from: start, busy: (list)})), next: (if (< next count) (some next) none)}))

;; The task in each slot of a worker; none where the slot is free.
(define-read-only (get-leases (worker principal) (slots (list 16 uint)))
  (get leases (fold add-lease slots {worker: worker, mask: (get mask (get-worker worker)), leases: (list)})))

;; --- Public: owner, admins and guardians
(define-public (register-coordinator (coordinator principal) (role uint))
  (begin
    (try! (assert-may-grant role))
    (register coordinator role CLASS_GRANTED (param "default-capacity"))))

(define-public (update-coordinator-permissions (coordinator principal) (role uint))
  (let ((before (try! (governed coordinator))))
    (try! (assert-may-grant role))
    (save "coordinator-updated" coordinator (merge before {role: role}))))

;; Takes all permissions away until it is reinstated; the leases it holds go on.
(define-public (suspend-coordinator (coordinator principal))
  (save "coordinator-suspended" coordinator (merge (try! (governed coordinator)) {active: false})))

(define-public (reinstate-coordinator (coordinator principal))
  (save "coordinator-reinstated" coordinator (merge (try! (governed coordinator)) {active: true})))

;; Forgets a coordinator that holds no lease. A bond that stays begins to leave, as if its worker had asked for it.
(define-public (remove-coordinator (coordinator principal))
  (begin
    (try! (governed coordinator))
    (is-ok (start-unbonding coordinator))
    (remove coordinator)))

(define-public (set-capacity (coordinator principal) (capacity uint))
  (let ((before (unwrap! (map-get? coordinators coordinator) ERR_UNKNOWN)))
    (try! (authorize contract-caller ROLE_ADMIN NO_ACTIVITY))
    (asserts! (<= capacity MAX_CAPACITY) ERR_BAD_VALUE)
    (save "capacity-set" coordinator (merge before {capacity: capacity}))))

(define-public (set-param (name (string-ascii 32)) (value uint))
  (let ((before (unwrap! (map-get? params name) ERR_BAD_VALUE)))
    (try! (authorize contract-caller ROLE_ADMIN NO_ACTIVITY))
    (asserts! (and (>= value (get least before)) (<= value (get most before))) ERR_PARAM_BOUNDS)
    (map-set params name (merge before {value: value}))
    (print {topic: "param-set", name: name, value: value})
    (ok true)))

;; Stops the activities in a mask. A guardian may, but going on is for an admin to decide.
(define-public (pause (activities uint))
  (let ((mask (bit-or (var-get pauses) activities)))
    (try! (authorize contract-caller (+ ROLE_GUARDIAN ROLE_ADMIN) NO_ACTIVITY))
    (asserts! (and (> activities u0) (<= activities ALL_ACTIVITIES)) ERR_BAD_VALUE)
    (var-set pauses mask)
    (print {topic: "activities-paused", activities: activities, pauses: mask})
    (ok true)))

(define-public (unpause (activities uint))
  (let ((mask (bit-and (var-get pauses) (bit-not activities))))
    (try! (authorize contract-caller ROLE_ADMIN NO_ACTIVITY))
    (asserts! (and (> activities u0) (<= activities ALL_ACTIVITIES)) ERR_BAD_VALUE)
    ;; No lease claimed before this height costs a bond: what paused claims may have kept its worker away.
    (and (not (is-running (bit-and activities CLAIM))) (var-set claim-resumed stacks-block-height))
    (var-set pauses mask)
    (print {topic: "activities-resumed", activities: activities, pauses: mask})
    (ok true)))

;; The owner names its successor, who must accept: a mistyped principal loses nothing.
(define-public (propose-owner (next principal))
  (begin
    (asserts! (is-eq contract-caller (var-get owner)) ERR_NOT_OWNER)
    (var-set next-owner (some next))
    (print {topic: "owner-proposed", owner: contract-caller, next: next})
    (ok true)))

(define-public (accept-owner)
  (begin
    (asserts! (is-eq (some contract-caller) (var-get next-owner)) ERR_NOT_OWNER)
    (var-set owner contract-caller)
    (var-set next-owner none)
    (print {topic: "owner-accepted", owner: contract-caller})
    (ok true)))

;; --- Public: bonded workers
;; Makes the caller a bonded worker, or adds to its bond; returns the bond in all.
(define-public (join-as-worker (amount uint))
  (let ((before (map-get? bonds contract-caller)))
    (asserts! (is-running JOIN) ERR_PAUSED)
    (asserts! (is-eq u0 (default-to u0 (get leaving-at before))) ERR_UNBONDING)
    (unwrap! (stx-transfer? amount contract-caller current-contract) ERR_TRANSFER) ;; what moved adds up safely
    (let ((bond {amount: (+ amount (default-to u0 (get amount before))), leaving-at: u0}))
      (asserts! (>= (get amount bond) (param "bond-min")) ERR_BOND)
      (and (is-none before) (try! (register contract-caller ROLE_WORKER CLASS_BONDED (param "bonded-capacity"))))
      (map-set bonds contract-caller bond)
      (print (merge {topic: "bond-added", worker: contract-caller} bond))
      (ok (get amount bond)))))

;; Ends the caller's work for good: no more leases, and its bond back from the height this returns.
(define-public (leave) (start-unbonding contract-caller))

;; Pays the caller its bond back; it is a coordinator no longer.
(define-public (withdraw-bond)
  (let ((bond (unwrap! (map-get? bonds contract-caller) ERR_BOND)))
    (asserts! (and (> (get leaving-at bond) u0) (>= stacks-block-height (get leaving-at bond))) ERR_UNBONDING)
    (and (is-some (map-get? coordinators contract-caller)) (try! (remove contract-caller)))
    (map-delete bonds contract-caller)
    (try! (pay (get amount bond) contract-caller))
    (print {topic: "bond-withdrawn", worker: contract-caller, amount: (get amount bond)})
    (ok (get amount bond))))

;; Pays the sink what bonds have lost.
(define-public (withdraw-sink)
  (let ((amount (var-get sink-credit)))
    (var-set sink-credit u0)
    (try! (pay amount SINK))
    (print {topic: "sink-withdrawn", sink: SINK, amount: amount})
    (ok amount)))

;; --- Public: async-queue and task-control
;; Takes the lowest free slots of `worker`, one for each task, and returns them in that order; says if it is bonded.
;; `oldest` is a Stacks height before which none of these leases ends.
(define-public (open-leases (worker principal) (ids (list 20 uint)) (oldest uint) (now uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_SYSTEM_ONLY)
    (asserts! (is-running CLAIM) ERR_PAUSED)
    (let ((details (map-get? coordinators worker))
          (is-bonded (is-eq (get class details) (some CLASS_BONDED)))
          (before (get-worker worker))
          (taken (get mask before))
          (opened (fold open-lease ids {worker: worker, mask: taken, slots: (list)})))
      (asserts! (has-role details ROLE_WORKER) ERR_ROLE)
      ;; The lowest slots go first, so a bit at or above the capacity says that they did not suffice.
      (asserts! (< (get mask opened) (bit-shift-left u1 (default-to u0 (get capacity details)))) ERR_CAPACITY)
      (asserts! (<= (get stood-until before) now) ERR_STOOD_DOWN)
      (and is-bonded (try! (assert-bond worker)))
      (map-set workers worker (merge before {
        mask: (get mask opened),
        oldest: (if (and (> taken u0) (< (get oldest before) oldest)) (get oldest before) oldest)
      }))
      (ok {slots: (get slots opened), bonded: is-bonded}))))

;; Frees slots of one worker after `good` successes and `bad` failures that earned it `earned` uSTX.
(define-public (close-leases (worker principal) (slots (list 20 uint)) (good uint) (bad uint) (earned uint))
  (begin
    (asserts! (or (is-eq contract-caller .async-queue) (is-eq contract-caller .task-control)) ERR_SYSTEM_ONLY)
    (let ((before (get-worker worker))
          (streak (if (> good u0) u0 (+ (get streak before) bad)))
          (until (if (> bad u0) (stand-down worker streak (param "strike-limit")) u0)))
      (map-set workers worker (merge before {
        mask: (fold free-slot slots (get mask before)),
        succeeded: (+ (get succeeded before) good),
        failed: (+ (get failed before) bad),
        earned: (+ (get earned before) earned),
        streak: (if (> until u0) u0 streak),
        stood-until: (if (> until u0) until (get stood-until before))
      }))
      (ok true))))

;; Frees slots of several workers, each lost to a reclaim, and cuts the bonds of bonded ones; returns the uSTX that went
;; to the reclaimer.
(define-public (lose-leases
    (leases (list 20 (optional {worker: principal, slot: uint, claimed: uint, reward: uint}))) (reclaimer principal))
  (begin
    (asserts! (is-eq contract-caller .task-control) ERR_SYSTEM_ONLY)
    (let ((cut-bps (if (is-running CLAIM) (param "bond-cut-bps") u0))
          (lost (fold lose-lease leases {limit: (param "strike-limit"), resumed: (var-get claim-resumed),
            cut-bps: cut-bps, reclaimer-bps: (param "reclaimer-bps"), cut: u0, paid: u0}))
          (paid (get paid lost)))
      (and (> (get cut lost) paid) (var-set sink-credit (+ (var-get sink-credit) (- (get cut lost) paid))))
      (and (> paid u0) (try! (pay paid reclaimer)))
      (ok paid))))

;; --- Private: permissions
(define-private (param (name (string-ascii 32))) (default-to u0 (get-param name)))
(define-private (is-running (activity uint)) (is-eq u0 (bit-and (var-get pauses) activity)))

(define-private (has-role
    (details (optional {role: uint, capacity: uint, active: bool, index: uint, class: uint})) (role uint))
  (match details record (and (get active record) (> (bit-and (get role record) role) u0)) false))

;; A role is a non-empty mask. An admin may grant all of it but the admin bit, which is the owner's to give.
(define-private (assert-may-grant (role uint))
  (begin
    (try! (authorize contract-caller ROLE_ADMIN NO_ACTIVITY))
    (asserts! (and (> role u0) (<= role ALL_ROLES)) ERR_BAD_VALUE)
    (ok (asserts! (or (is-eq u0 (bit-and role ROLE_ADMIN)) (is-eq contract-caller (var-get owner)))
      ERR_NOT_OWNER))))

;; The record of a coordinator that the caller may govern: whoever has the admin bit answers to the owner alone.
(define-private (governed (coordinator principal))
  (let ((record (unwrap! (map-get? coordinators coordinator) ERR_UNKNOWN)))
    (try! (assert-may-grant (get role record)))
    (ok record)))

(define-private (register (coordinator principal) (role uint) (class uint) (capacity uint))
  (let ((index (var-get coordinator-count)))
    (asserts! (is-none (map-get? coordinators coordinator)) ERR_EXISTS)
    ;; Only one that was removed can have a bond here: it comes back after it has withdrawn.
    (asserts! (is-none (map-get? bonds coordinator)) ERR_UNBONDING)
    (map-set coordinator-at index coordinator)
    (var-set coordinator-count (+ index u1))
    (save "coordinator-registered" coordinator
      {role: role, capacity: capacity, active: true, index: index, class: class})))

(define-private (save (topic (string-ascii 22)) (coordinator principal)
    (record {role: uint, capacity: uint, active: bool, index: uint, class: uint}))
  (begin
    (map-set coordinators coordinator record)
    (print (merge {topic: topic, coordinator: coordinator} record))
    (ok true)))

;; The last coordinator takes the place of the one that goes.
(define-private (remove (coordinator principal))
  (let ((record (unwrap! (map-get? coordinators coordinator) ERR_UNKNOWN))
        (index (get index record))
        (last-index (- (var-get coordinator-count) u1))
        (last (unwrap! (map-get? coordinator-at last-index) ERR_UNKNOWN))
        (moved (unwrap! (map-get? coordinators last) ERR_UNKNOWN)))
    (asserts! (is-eq (get mask (get-worker coordinator)) u0) ERR_BUSY)
    (map-set coordinator-at index last)
    (map-delete coordinator-at last-index)
    (map-delete coordinators coordinator)
    (var-set coordinator-count last-index)
    (print (merge {topic: "coordinator-removed", coordinator: coordinator} record))
    (if (is-eq coordinator last) (ok true) (save "coordinator-moved" last (merge moved {index: index})))))

;; --- Private: bonds
(define-private (start-unbonding (worker principal))
  (let ((before (unwrap! (map-get? bonds worker) ERR_BOND))
        (leaving-at (+ stacks-block-height (param "unbonding-blocks")))
        (bond (merge before {leaving-at: leaving-at})))
    (asserts! (is-eq (get leaving-at before) u0) ERR_UNBONDING)
    (map-set bonds worker bond)
    (print (merge {topic: "bond-leaving", worker: worker} bond))
    (ok leaving-at)))

(define-private (assert-bond (worker principal))
  (let ((bond (unwrap! (map-get? bonds worker) ERR_BOND)))
    (asserts! (is-eq (get leaving-at bond) u0) ERR_UNBONDING)
    (ok (asserts! (>= (get amount bond) (param "bond-min")) ERR_BOND))))

(define-private (pay (amount uint) (to principal))
  (ok (unwrap! (as-contract? ((with-stx amount)) (unwrap! (stx-transfer? amount tx-sender to) ERR_TRANSFER))
    ERR_TRANSFER)))

;; --- Private: leases
(define-private (open-lease (id uint) (acc {worker: principal, mask: uint, slots: (list 20 uint)}))
  (let ((slot (lowest-free-slot (get mask acc))))
    (map-set lease-slots {worker: (get worker acc), slot: slot} id)
    (merge acc {
      mask: (bit-or (get mask acc) (bit-shift-left u1 slot)),
      slots: (default-to (list) (as-max-len? (append (get slots acc) slot) u20))
    })))

;; The lowest zero bit. A full mask gives slot 127, which is above every capacity: the caller then refuses.
(define-private (lowest-free-slot (mask uint))
  (let ((free (bit-not mask)))
    (if (is-eq free u0) u127 (log2 (bit-and free (+ mask u1))))))

(define-private (free-slot (slot uint) (mask uint)) (bit-and mask (bit-not (bit-shift-left u1 slot))))

(define-private (lose-lease
    (lease (optional {worker: principal, slot: uint, claimed: uint, reward: uint}))
    (acc {limit: uint, cut-bps: uint, reclaimer-bps: uint, resumed: uint, cut: uint, paid: uint}))
  (match lease
    lost (let ((worker (get worker lost))
               (before (get-worker worker))
               (until (stand-down worker (+ (get streak before) u1) (get limit acc)))
               (bps (if (< (get claimed lost) (get resumed acc)) u0 (get cut-bps acc)))
               (cut (if (> bps u0) (cut-bond worker bps (get reward lost)) u0)))
      (map-set workers worker (merge before {
        mask: (free-slot (get slot lost) (get mask before)),
        abandoned: (+ (get abandoned before) u1),
        streak: (if (> until u0) u0 (+ (get streak before) u1)),
        stood-until: (if (> until u0) until (get stood-until before))
      }))
      (merge acc {cut: (+ (get cut acc) cut), paid: (+ (get paid acc) (/ (* cut (get reclaimer-bps acc)) BPS))}))
    acc))

;; Takes a share of the worker's bond, if it has one, but never more than the task was worth; returns the uSTX.
(define-private (cut-bond (worker principal) (bps uint) (reward uint))
  (let ((bond (default-to {amount: u0, leaving-at: u0} (map-get? bonds worker)))
        (share (/ (* (get amount bond) bps) BPS))
        (cut (if (< share reward) share reward))
        (next (merge bond {amount: (- (get amount bond) cut)})))
    (asserts! (> cut u0) u0)
    (map-set bonds worker next)
    (print (merge {topic: "bond-cut", worker: worker, cut: cut} next))
    cut))

;; The Stacks height from which a worker with this streak may take leases again, u0 when it may go on at once.
(define-private (stand-down (worker principal) (streak uint) (limit uint))
  (let ((is-struck (and (> limit u0) (>= streak limit)))
        (until (if is-struck (+ stacks-block-height (param "stand-down-blocks")) u0)))
    (asserts! is-struck u0)
    (print {topic: "worker-stood-down", worker: worker, stood-until: until})
    until))

(define-private (add-if-busy
    (offset uint) (acc {from: uint, busy: (list 20 {worker: principal, mask: uint, oldest: uint})}))
  (match (map-get? coordinator-at (+ (get from acc) offset))
    worker (let ((record (get-worker worker))
                 (entry {worker: worker, mask: (get mask record), oldest: (get oldest record)})
                 (longer (as-max-len? (append (get busy acc) entry) u20)))
      (if (> (get mask record) u0) (merge acc {busy: (default-to (get busy acc) longer)}) acc))
    acc))

(define-private (add-lease (slot uint) (acc {worker: principal, mask: uint, leases: (list 16 (optional uint))}))
  (let ((leases (get leases acc))
        (is-taken (and (< slot MAX_CAPACITY) (> (bit-and (get mask acc) (bit-shift-left u1 slot)) u0)))
        (lease (if is-taken (map-get? lease-slots {worker: (get worker acc), slot: slot}) none)))
    (merge acc {leases: (default-to leases (as-max-len? (append leases lease) u16))})))
