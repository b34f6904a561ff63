;; title: chained-job
;; synopsis: a job too long for one transaction, done five units at a time by a task that continues itself
;; depends on: task-handler-trait
;; who may call: anyone; it keeps nothing and moves nothing
;; prints: units-done
;; limits: 5 units a step, 10,000 units a job
;;
;; The job adds up the squares of 1 to `units`. All that it knows from step to step travels in the payload, so nobody
;; can disturb it: {units, done, sum} as a consensus buffer; it begins with done and sum at u0. The template's max-steps
;; must be at least units / 5, rounded up: a job that runs out of steps ends with what `again` did not do.

(impl-trait .task-handler-trait.task-handler)

;; --- Errors
(define-constant ERR_PAYLOAD (err u3200)) ;; the payload is no state of such a job

;; --- Constants
(define-constant MAX_UNITS u10000)
(define-constant STEP (list u1 u2 u3 u4 u5))
(define-constant STACKS_HEIGHT u0)

;; --- Public: anyone
;; The result of the last step is the sum, of the others what is done, each as a consensus buffer.
(define-public (handle-task (id uint) (payload (buff 1024)))
  (let ((job (unwrap! (from-consensus-buff? {units: uint, done: uint, sum: uint} payload) ERR_PAYLOAD)))
    (asserts! (and (<= (get units job) MAX_UNITS) (<= (get done job) (get units job)) (< (get sum job) (pow u2 u64)))
      ERR_PAYLOAD)
    (let ((next (fold do-unit STEP job))
          (is-over (is-eq (get done next) (get units next))))
      (print (merge next {topic: "units-done", id: id}))
      (ok {
        result: (unwrap! (to-consensus-buff? (if is-over (get sum next) (get done next))) ERR_PAYLOAD),
        again: (if is-over none (some {
          clock: STACKS_HEIGHT,
          at: (+ stacks-block-height u1),
          payload: (unwrap! (to-consensus-buff? next) ERR_PAYLOAD)
        }))
      }))))

;; --- Private
(define-private (do-unit (turn uint) (job {units: uint, done: uint, sum: uint}))
  (let ((unit (+ (get done job) u1)))
    (if (> unit (get units job))
      job
      (merge job {done: unit, sum: (+ (get sum job) (* unit unit))}))))
