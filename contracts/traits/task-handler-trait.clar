;; title: task-handler-trait
;; synopsis: what a contract implements to be run as a task's handler
;; depends on: nothing
;; who may call: task-scheduler, inside `as-contract? ()`: the handler sees the scheduler as tx-sender and can move
;;   nobody's funds

(define-trait task-handler (
  ;; Takes the task's id and payload; returns its result, and `again` when the same task is to go on later with a new
  ;; payload. An error is recorded as the code of the attempt.
  (handle-task (uint (buff 1024)) (response {
    result: (buff 512),
    again: (optional {clock: uint, at: uint, payload: (buff 1024)})
  } uint))
))
