;; title: task-handler-trait
;; synopsis: what a contract implements to be run as a task's handler
;; depends on: nothing
;; who may call: task-scheduler, inside `as-contract? ()`: the handler sees the scheduler as tx-sender and can move
;;   nobody's funds but its own
;;
;; Codes of an attempt: a handler's own error is kept as it is, but u2000 to u2999 are the scheduler's. u2999 says "not
;; ready": it costs no attempt, and the task is tried again later. u2000 + n is kept for the n-th allowance violated,
;; u2128 for an asset that has none; u2200 and u2201 for a success whose `again` was not granted.

(define-trait task-handler (
  ;; Takes the task's id and payload; returns its result, and `again` when the same task is to go on later with a new
  ;; payload. That is granted while the task has steps left and the instant is in the future of its clock. A runtime
  ;; error is not an answer: it undoes the whole transaction.
  (handle-task (uint (buff 1024)) (response {
    result: (buff 512),
    again: (optional {clock: uint, at: uint, payload: (buff 1024)})
  } uint))
))
