;; title: task-scheduler
;; synopsis: when tasks run: schedules on three clocks, and the trigger that sets due tasks free
;; depends on: async-queue, task-index
;; who may call: owners schedule their tasks; anyone triggers
;; prints: nothing itself; async-queue prints each task that changes
;; limits: 20 tasks a trigger; holds no funds

;; --- Errors
(define-constant ERR_PAST (err u1302)) ;; the instant is not later than now on its clock
(define-constant ERR_CLOCK (err u1303)) ;; the clock is none of u0 Stacks height, u1 Bitcoin height, u2 block time

;; --- Constants
(define-constant STACKS_HEIGHT u0)
(define-constant BITCOIN_HEIGHT u1)
(define-constant BLOCK_TIME u2) ;; Unix seconds

;; --- Read-only
;; The next tasks on each clock, at most four.
(define-read-only (get-scheduled-tasks)
  {
    stacks: (contract-call? .task-index get-due STACKS_HEIGHT),
    burn: (contract-call? .task-index get-due BITCOIN_HEIGHT),
    time: (contract-call? .task-index get-due BLOCK_TIME)
  })

;; --- Public: owners of tasks
;; Gives a held task of the caller its Stacks height, or another one.
(define-public (schedule-task (id uint) (at uint))
  (schedule id STACKS_HEIGHT at))

(define-public (schedule-task-on (id uint) (clock uint) (at uint))
  (schedule id clock at))

;; Makes a task that waits for its time; `hold` makes no difference to it.
(define-public (create-and-schedule (template uint) (data {priority: (optional uint), reward: uint,
    reward-min: (optional uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)),
    key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)})
    (clock uint) (at uint))
  (begin
    (try! (assert-future clock at))
    (contract-call? .async-queue enqueue-for contract-caller template clock at data)))

;; Takes the time of a scheduled task away and leaves it held.
(define-public (unschedule-task (id uint))
  (contract-call? .async-queue hold-open contract-caller id))

;; Cancels a scheduled task and refunds it.
(define-public (cancel-scheduled-task (id uint))
  (contract-call? .async-queue cancel-for contract-caller id))

;; --- Public: anyone
;; Sets up to `n` tasks free whose instant has come on a clock. `created` and `paid` count the occurrences of series and
;; the trigger's share; there are none yet.
(define-public (trigger-due-tasks (clock uint) (n uint))
  (let ((now (try! (now-on clock))))
    (ok {due: (try! (contract-call? .async-queue promote-due clock now n)), created: u0, paid: u0})))

;; --- Private
(define-private (schedule (id uint) (clock uint) (at uint))
  (begin
    (try! (assert-future clock at))
    (contract-call? .async-queue hold-until contract-caller id clock at)))

(define-private (assert-future (clock uint) (at uint))
  (ok (asserts! (> at (try! (now-on clock))) ERR_PAST)))

(define-private (now-on (clock uint))
  (begin
    (asserts! (<= clock BLOCK_TIME) ERR_CLOCK)
    (ok (if (is-eq clock STACKS_HEIGHT)
      stacks-block-height
      (if (is-eq clock BITCOIN_HEIGHT) burn-block-height stacks-block-time)))))
