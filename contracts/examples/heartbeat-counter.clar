;; title: heartbeat-counter
;; synopsis: the smallest handler: counts its runs and remembers when the last one was
;; depends on: task-handler-trait
;; who may call: task-scheduler alone, so that each count is a task that was paid for
;; prints: heartbeat-counted
;; limits: none
;;
;; Use it as the handler of a template in an on-chain queue, and make a series of that template: the counter shows that
;; the series is alive.

(impl-trait .task-handler-trait.task-handler)

;; --- Errors
(define-constant ERR_SCHEDULER_ONLY (err u3000)) ;; only task-scheduler may run this

;; --- Data
(define-data-var heartbeat {runs: uint, height: uint} {runs: u0, height: u0}) ;; Stacks height of the last run

;; --- Read-only
(define-read-only (get-heartbeat) (var-get heartbeat))

;; --- Public: task-scheduler
;; The result is the number of runs so far, as a consensus buffer.
(define-public (handle-task (id uint) (payload (buff 1024)))
  (let ((next {runs: (+ (get runs (var-get heartbeat)) u1), height: stacks-block-height}))
    (asserts! (is-eq contract-caller .task-scheduler) ERR_SCHEDULER_ONLY)
    (var-set heartbeat next)
    (print (merge next {topic: "heartbeat-counted", id: id}))
    (ok {result: (unwrap! (to-consensus-buff? (get runs next)) ERR_SCHEDULER_ONLY), again: none})))
