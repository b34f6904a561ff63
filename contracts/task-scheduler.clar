;; title: task-scheduler
;; synopsis: when tasks run: schedules on three clocks, recurring series, and the execution of on-chain handlers
;; depends on: coordinator-registry, async-task-factory, task-index, async-queue, task-control, task-handler-trait
;; who may call: owners schedule tasks and keep series; anyone triggers and tops up; workers execute on-chain tasks
;; prints: series-created, series-topped-up, series-skipped, series-resumed, series-cancelled, series-advanced,
;;   series-deferred, series-ended, series-stood-down; async-queue prints each task that changes
;; limits: 20 tasks a trigger, of them 7 of series; 5 tasks an execution
;;
;; It holds no funds: the runs of a series are prepaid in async-queue, under the number of the series.
;; A series holds one task, for its next slot; when that is set free, the next is made. Slots are whole intervals apart.
;; A slot is missed when the one after it has come too; without overlap it is passed over while the run before lasts.
;; A handler runs inside `as-contract? ()` and may call back into all of this, but a nested execution aborts the
;; transaction: Clarity lets no function call itself. What a run does to its series is written before its handler runs.

(use-trait task-handler .task-handler-trait.task-handler)

;; --- Errors
(define-constant ERR_UNKNOWN_SERIES (err u1301)) ;; no series has this number
(define-constant ERR_PAST (err u1302)) ;; the instant is not later than now on its clock
(define-constant ERR_CLOCK (err u1303)) ;; the clock is none of u0 Stacks height, u1 Bitcoin height, u2 block time
(define-constant ERR_NOT_OWNER (err u1304)) ;; only the owner of the series may do this
(define-constant ERR_SERIES_STATUS (err u1307)) ;; the series is not running, or to be resumed it is not stood down
(define-constant ERR_INTERVAL (err u1308)) ;; the interval is not between 1, on block time 60, and 2^31
(define-constant ERR_RUNS (err u1309)) ;; no run is left to make, or the runs are not between 1 and 10,000
(define-constant ERR_HANDLER (err u1310)) ;; the task has no handler, or another one
(define-constant ERR_SELF_ONLY (err u1311)) ;; only execute-tasks may call this
(define-constant ERR_TRIGGER_FIRST (err u1312)) ;; the run is one of a batch, or to be put off: the trigger sees to it
(define-constant ERR_TOO_MANY (err u1315)) ;; the number asked for is not between 1 and the most a call takes
(define-constant ERR_BAD_VALUE (err u1317)) ;; the policy or reward is not one that is allowed
(define-constant ERR_TIME (err u1318)) ;; the slot is outside what can be kept

;; --- Constants
(define-constant STACKS_HEIGHT u0)
(define-constant BITCOIN_HEIGHT u1)
(define-constant BLOCK_TIME u2) ;; Unix seconds
(define-constant MAX_INSTANT (pow u2 u35))
(define-constant ANYONE u0)
(define-constant ROLE_PRODUCER u1)
(define-constant ROLE_WORKER u2)
(define-constant EXECUTE u4)
(define-constant SCHEDULE u16)
(define-constant ENQUEUE_AND_SCHEDULE u17)

(define-constant SKIP u0) ;; a missed slot does not run
(define-constant CATCH_UP u1) ;; each missed slot runs, the last 20 of them
(define-constant COALESCE u2) ;; all missed slots run once
(define-constant MAX_BEHIND u20)
(define-constant MIN_SECONDS u60)
(define-constant MAX_EVERY (pow u2 u31))
(define-constant MAX_RUNS u10000)
(define-constant MAX_REWARD (pow u10 u15)) ;; uSTX a step; keeps the price of all runs far from overflowing
(define-constant RUNNING u1) ;; of a series
(define-constant STOOD_DOWN u2) ;; its next task could not be made
(define-constant CANCELLED u3)
(define-constant ENDED u4)

(define-constant TASK_PENDING u1)
(define-constant TASK_QUEUED u2)
(define-constant TASK_RETRYING u4) ;; the last status of a task that has not ended
(define-constant MAX_BATCH u20)
(define-constant SCALE_BPS u10000)
(define-constant FAILED u9) ;; what task-control is told of an attempt
(define-constant FAILED_FOR_GOOD u10)
(define-constant NOT_READY u12)
(define-constant CODE_HASH u1300) ;; the handler is not the code that the template names
(define-constant CODE_VIOLATION u2000) ;; and the index of the allowance
(define-constant CODE_NO_STEP u2200) ;; succeeded, though it asked for one more step than it has
(define-constant CODE_AGAIN_PAST u2201) ;; succeeded, though it asked for a step at no instant of the future
(define-constant CODE_NOT_READY u2999)

(define-constant NOTHING_FREED {paid: u0, occurrences: (list)})
;; What a number reads as that is no series.
(define-constant NO_SERIES {
  owner: .async-queue, template: u0, clock: u0, at: u0, every: u1, left: u0, reward: u0, policy: u0, overlap: true,
  status: ENDED, reason: u0, payload: 0x, task: u0, previous: u0
})

;; --- Data
(define-data-var series-count uint u0)

(define-map series uint {
  owner: principal, template: uint,
  clock: uint, at: uint, ;; the slot of its newest task; stood down: the slot for which none could be made
  every: uint, ;; from slot to slot, in units of its clock
  left: uint, ;; runs whose task is still to be made
  reward: uint, ;; uSTX a step
  policy: uint, overlap: bool, ;; for missed slots; whether a run may begin before the one before it has ended
  status: uint, reason: uint, ;; the error that stood it down
  payload: (buff 1024),
  task: uint, ;; its newest task, which is held while the series runs
  previous: uint ;; the task before that, u0 for none
})

;; --- Read-only
;; The next tasks on each clock, at most four.
(define-read-only (get-scheduled-tasks)
  {
    stacks: (contract-call? .task-index get-due STACKS_HEIGHT),
    burn: (contract-call? .task-index get-due BITCOIN_HEIGHT),
    time: (contract-call? .task-index get-due BLOCK_TIME)
  })

(define-read-only (get-series (n uint)) (map-get? series n))

;; --- Public: owners of tasks
;; Gives a held task of the caller its Stacks height, or another one.
(define-public (schedule-task (id uint) (at uint)) (schedule-task-on id STACKS_HEIGHT at))

(define-public (schedule-task-on (id uint) (clock uint) (at uint))
  (begin
    (try! (contract-call? .coordinator-registry authorize contract-caller ANYONE SCHEDULE))
    (try! (assert-future clock at))
    (contract-call? .task-control hold-until contract-caller id clock at)))

;; Makes a task that waits for its time; `hold` makes no difference to it.
(define-public (create-and-schedule (template uint) (data {priority: (optional uint), reward: uint,
    reward-min: (optional uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)),
    key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)})
    (clock uint) (at uint))
  (begin
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PRODUCER ENQUEUE_AND_SCHEDULE))
    (try! (assert-future clock at))
    (first-of (try! (contract-call? .async-queue enqueue-for (list
      (merge data {owner: contract-caller, template: template, series: u0, origin: none, clock: clock, at: at})))))))

;; Takes the time of a scheduled task away and leaves it held.
(define-public (unschedule-task (id uint)) (contract-call? .task-control hold-open contract-caller id))

;; Cancels a scheduled task and refunds it.
(define-public (cancel-scheduled-task (id uint)) (contract-call? .task-control cancel-for contract-caller id))

;; --- Public: owners of series
;; Has a task made for `at` and then one every `every`, `runs` in all, and takes the price of all of them.
(define-public (create-series (template uint) (clock uint) (at uint) (every uint) (runs uint) (reward uint)
    (policy uint) (overlap bool) (payload (buff 1024)))
  (let ((n (+ (var-get series-count) u1))
        (record {
          owner: contract-caller, template: template, clock: clock, at: at, every: every, left: runs, reward: reward,
          policy: policy, overlap: overlap, status: RUNNING, reason: u0, payload: payload, task: u0, previous: u0
        }))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PRODUCER SCHEDULE))
    (try! (assert-future clock at))
    (asserts! (and (>= every (if (is-eq clock BLOCK_TIME) MIN_SECONDS u1)) (<= every MAX_EVERY)) ERR_INTERVAL)
    (asserts! (<= policy COALESCE) ERR_BAD_VALUE)
    (try! (add-runs u0 runs))
    (var-set series-count n)
    (map-set series n record)
    (try! (prepay n template contract-caller runs reward))
    (try! (begin-with n at "series-created"))
    (ok n)))

;; Pays for more runs of anyone's series that has not ended; returns all that is prepaid for it.
(define-public (top-up-series (n uint) (runs uint))
  (let ((before (unwrap! (map-get? series n) ERR_UNKNOWN_SERIES))
        (next (merge before {left: (try! (add-runs (get left before) runs))})))
    (asserts! (<= (get status before) STOOD_DOWN) ERR_SERIES_STATUS)
    (map-set series n next)
    (print (merge next {topic: "series-topped-up", series: n}))
    (prepay n (get template before) (get owner before) runs (get reward before))))

;; Puts the next run off by one interval; the number of runs stays the same. Returns its new slot.
(define-public (skip-next (n uint))
  (let ((before (try! (owned-series n)))
        (at (+ (get at before) (get every before)))
        (next (merge before {at: at})))
    (asserts! (is-eq (get status before) RUNNING) ERR_SERIES_STATUS)
    (asserts! (< at MAX_INSTANT) ERR_TIME)
    (map-set series n next)
    (try! (first-of (try! (contract-call? .task-control defer (list {id: (get task before), at: at})))))
    (print (merge next {topic: "series-skipped", series: n}))
    (ok at)))

;; Takes up a series that stood down, at its first slot that is still to come.
(define-public (resume-series (n uint))
  (let ((before (try! (owned-series n)))
        (now (try! (now-on (get clock before)))))
    (asserts! (is-eq (get status before) STOOD_DOWN) ERR_SERIES_STATUS)
    (asserts! (> (get left before) u0) ERR_RUNS)
    (begin-with n (slot-after (get at before) (get every before) now) "series-resumed")))

;; Ends a series: its held task is cancelled and refunded, what is left of its prepaid runs paid back and returned.
(define-public (cancel-series (n uint))
  (let ((before (try! (owned-series n)))
        (task (get task before))
        (next (merge before {status: CANCELLED})))
    (asserts! (not (is-eq (get status before) CANCELLED)) ERR_SERIES_STATUS)
    (map-set series n next)
    (if (and (is-eq (get status before) RUNNING)
        (is-eq (contract-call? .async-queue get-statuses (list task)) (list TASK_PENDING)))
      (try! (contract-call? .task-control cancel-occurrence contract-caller task))
      true)
    (print (merge next {topic: "series-cancelled", series: n}))
    (contract-call? .async-queue drain-series n contract-caller)))

;; --- Public: anyone
;; Sets up to `n` tasks free whose instant has come on a clock: `due` entries taken, for the caller's share `paid` of
;; their rewards; `created` tasks were made by series to follow.
(define-public (trigger-due-tasks (clock uint) (n uint))
  (let ((now (try! (now-on clock)))
        (share (try! (contract-call? .coordinator-registry get-trigger-share))))
    (asserts! (and (> n u0) (<= n MAX_BATCH)) ERR_TOO_MANY)
    (let ((entries (try! (contract-call? .task-index promote clock now n)))
          (freed (if (> (len entries) u0) (try! (free-all entries share)) NOTHING_FREED))
          (occurrences (get occurrences freed))
          (created (if (> (len occurrences) u0) (try! (advance (consider occurrences now))) u0)))
      (ok {due: (len entries), created: created, paid: (get paid freed)}))))

;; --- Public: workers
;; Runs the handler of an on-chain task that is queued, or whose instant has come; returns the uSTX it paid.
(define-public (execute-task (id uint) (handler <task-handler>))
  (begin
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_WORKER EXECUTE))
    (run id handler contract-caller true)))

;; Does so for up to five, not for runs of series before their trigger. One that is refused leaves no trace; a runtime
;; error of a handler undoes all.
(define-public (execute-tasks (items (list 5 {id: uint, h: <task-handler>})))
  (let ((by contract-caller))
    (try! (contract-call? .coordinator-registry authorize by ROLE_WORKER EXECUTE))
    (asserts! (> (len items) u0) ERR_TOO_MANY)
    (as-contract? () (map execute-one items (list by by by by by)))))

;; One item of execute-tasks. It is public because only a public function undoes what it did when it fails.
(define-public (execute-one (item {id: uint, h: <task-handler>}) (executor principal))
  (let ((handler (get h item)))
    (asserts! (is-eq contract-caller current-contract) ERR_SELF_ONLY)
    (run (get id item) handler executor false)))

;; --- Private: execution
(define-private (run (id uint) (handler <task-handler>) (executor principal) (is-alone bool))
  (let ((height stacks-block-height)
        (state (try! (contract-call? .async-queue begin-execution id executor height)))
        (task (unwrap! (contract-call? .async-task-factory get-execution id) ERR_HANDLER))
        (named (unwrap! (get handler task) ERR_HANDLER))
        (input (if (get input state) (contract-call? .task-control get-input id) none))
        (payload (default-to (get payload task) input)))
    (asserts! (is-eq (contract-of handler) (get contract named)) ERR_HANDLER)
    (try! (if (is-held (get series state) id) (advance-with (get series state) id is-alone) (ok u0)))
    (if (is-eq (contract-hash? (get contract named)) (ok (get hash named)))
      (match (as-contract? () {r: (contract-call? handler handle-task id payload)})
        done (match (get r done)
          answer (settle id executor height (get result answer) (get again answer))
          code (give-up id (if (is-eq code CODE_NOT_READY) NOT_READY FAILED) code))
        index (give-up id FAILED (+ CODE_VIOLATION index)))
      (give-up id FAILED_FOR_GOOD CODE_HASH))))

;; Pays for an attempt that succeeded; the task goes on with another step when it asks for one and may have it.
(define-private (settle (id uint) (executor principal) (height uint) (result (buff 512))
    (again (optional {clock: uint, at: uint, payload: (buff 1024)})))
  (match again
    step (if (is-future (get clock step) (get at step))
      (match (try! (contract-call? .task-control continue-execution
          id executor (get clock step) (get at step) result (get payload step)))
        paid (ok paid)
        (contract-call? .async-queue settle-execution id executor height CODE_NO_STEP result))
      (contract-call? .async-queue settle-execution id executor height CODE_AGAIN_PAST result))
    (contract-call? .async-queue settle-execution id executor height u0 result)))

(define-private (give-up (id uint) (verdict uint) (code uint))
  (begin
    (try! (contract-call? .task-control fail-execution id verdict code))
    (ok u0)))

;; What the execution of a task that nobody triggered does to its series.
(define-private (advance-with (n uint) (id uint) (is-alone bool))
  (let ((now (try! (now-on (get clock (series-at n)))))
        (steps (consider (list {id: id, series: n}) now)))
    (asserts! (and is-alone (is-eq (len (filter is-deferred steps)) u0)) ERR_TRIGGER_FIRST)
    (advance steps)))

;; --- Private: time
(define-private (now-on (clock uint))
  (begin
    (asserts! (<= clock BLOCK_TIME) ERR_CLOCK)
    (ok (if (is-eq clock STACKS_HEIGHT)
      stacks-block-height
      (if (is-eq clock BITCOIN_HEIGHT) burn-block-height stacks-block-time)))))

(define-private (assert-future (clock uint) (at uint)) (ok (asserts! (> at (try! (now-on clock))) ERR_PAST)))

(define-private (is-future (clock uint) (at uint)) (and (is-ok (assert-future clock at)) (< at MAX_INSTANT)))

;; The first slot later than now, of those `every` apart from `at` on.
(define-private (slot-after (at uint) (every uint) (now uint))
  (if (> at now) at (+ at (* every (+ (/ (- now at) every) u1)))))

;; --- Private: triggering
;; Moves tasks whose entries are in their lanes already on to that state, and pays the caller its share of each reward.
(define-private (free-all (entries (list 20 {id: uint, lane: uint, seq: uint})) (bps uint))
  (let ((states (contract-call? .async-queue get-states (map id-of entries)))
        (by {bps: bps, time: stacks-block-time})
        (bys (list by by by by by by by by by by by by by by by by by by by by))
        (moves (map move-of entries states bys))
        (sum (fold add-freed moves NOTHING_FREED)))
    (try! (contract-call? .async-queue transact
      moves (map next-of entries states bys) contract-caller u0 contract-caller (get paid sum)))
    (ok sum)))

(define-private (id-of (entry {id: uint, lane: uint, seq: uint})) (get id entry))

;; A move names the series of an occurrence that carries it on, and answers the share.
(define-private (move-of (entry {id: uint, lane: uint, seq: uint}) (state {owner: principal, status: uint, gate: uint,
    lane: uint, access: uint, reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint,
    max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint,
    attempts: uint, releases: uint, steps: uint, worker: (optional principal), bonded: bool, slot: uint, claimed: uint,
    until: uint, retry: uint, list: uint, seq: uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool,
    input: bool, stop: bool, code: uint, result: (buff 512), ended: uint}) (by {bps: uint, time: uint}))
  (let ((is-first (and (is-eq (get status state) TASK_PENDING) (is-eq (get claimed state) u0))))
    (ok {
      id: (get id entry), topic: "task-triggered", to: TASK_QUEUED,
      answer: (share-of (get reward state) (get status state) (get shared state) (get bps by)),
      list: u0, seq: u0, into: u0, lane: u0, clock: u0, at: u0, series: (if is-first (get series state) u0), watch: u0,
      watched: false, credit: false
    })))

(define-private (next-of (entry {id: uint, lane: uint, seq: uint}) (state {owner: principal, status: uint, gate: uint,
    lane: uint, access: uint, reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint,
    max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint,
    attempts: uint, releases: uint, steps: uint, worker: (optional principal), bonded: bool, slot: uint, claimed: uint,
    until: uint, retry: uint, list: uint, seq: uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool,
    input: bool, stop: bool, code: uint, result: (buff 512), ended: uint}) (by {bps: uint, time: uint}))
  (let ((share (share-of (get reward state) (get status state) (get shared state) (get bps by)))
        (deadline (get expires state))
        (late (+ (get time by) (get ttl state))))
    (merge state {
      status: TASK_QUEUED, gate: u0, list: (get lane entry), seq: (get seq entry), shared: true,
      reward: (- (get reward state) share), escrow: (- (get escrow state) share),
      ttl: (if (> (get series state) u0) (get ttl state) u0), ;; a run that is put off has it anew
      expires: (if (or (is-eq (get ttl state) u0) (and (> deadline u0) (< deadline late))) deadline late)
    })))

;; The trigger takes its share of a reward once, and none for a retry.
(define-private (share-of (reward uint) (status uint) (shared bool) (bps uint))
  (if (or shared (is-eq status TASK_RETRYING)) u0 (/ (* reward bps) SCALE_BPS)))

(define-private (add-freed (result (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint,
    seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool}
    uint)) (sum {paid: uint, occurrences: (list 7 {id: uint, series: uint})}))
  (match result
    move {paid: (+ (get paid sum) (get answer move)), occurrences: (if (> (get series move) u0)
      (default-to (list) (as-max-len? (append (get occurrences sum) {id: (get id move), series: (get series move)}) u7))
      (get occurrences sum))}
    refusal sum))

;; --- Private: series
(define-private (series-at (n uint)) (default-to NO_SERIES (map-get? series n)))

;; Whether this is the task that a running series holds; there is no series u0.
(define-private (is-held (n uint) (id uint))
  (and (> n u0) (let ((record (series-at n))) (and (is-eq (get task record) id) (is-eq (get status record) RUNNING)))))

(define-private (owned-series (n uint))
  (let ((record (unwrap! (map-get? series n) ERR_UNKNOWN_SERIES)))
    (asserts! (is-eq contract-caller (get owner record)) ERR_NOT_OWNER)
    (ok record)))

(define-private (add-runs (left uint) (runs uint))
  (if (and (> runs u0) (<= runs MAX_RUNS) (<= (+ left runs) MAX_RUNS)) (ok (+ left runs)) ERR_RUNS))

(define-private (prepay (n uint) (template uint) (owner principal) (runs uint) (reward uint))
  (let ((terms (try! (contract-call? .async-task-factory resolve template owner))))
    (asserts! (and (>= reward (get min-reward terms)) (<= reward MAX_REWARD)) ERR_BAD_VALUE)
    (contract-call? .async-queue fund-series contract-caller n (* runs reward (get steps terms)))))

(define-private (first-of (results (list 20 (response uint uint)))) (unwrap! (element-at? results u0) ERR_TOO_MANY))

;; Makes the first task of a series, or the first since it stood down.
(define-private (begin-with (n uint) (at uint) (topic (string-ascii 16)))
  (let ((before (series-at n))
        (next (merge before {
          status: RUNNING, reason: u0, at: at, left: (- (get left before) u1), previous: (get task before),
          task: (try! (first-of (try! (contract-call? .async-queue enqueue-for (list (item-of n at))))))
        })))
    (map-set series n next)
    (print (merge next {topic: topic, series: n}))
    (ok true)))

;; What a held task does to its series when it is set free: "defer" is put off, "next" has another made, "last" ends it.
(define-private (consider (freed (list 7 {id: uint, series: uint})) (now uint))
  (let ((before (map run-before freed)))
    (map step-of freed
      (if (is-eq (fold + before u0) u0) before (contract-call? .async-queue get-statuses before))
      (list now now now now now now now))))

;; The task that must have ended before this one may run, u0 for none.
(define-private (run-before (freed {id: uint, series: uint}))
  (let ((record (series-at (get series freed))))
    (if (get overlap record) u0 (get previous record))))

(define-private (step-of (freed {id: uint, series: uint}) (status uint) (now uint))
  (let ((n (get series freed))
        (record (series-at n))
        (at (get at record))
        (every (get every record))
        (behind (if (> now at) (/ (- now at) every) u0))
        (is-missed (and (is-eq (get policy record) SKIP) (> behind u0)))
        (is-early (and (> status u0) (<= status TASK_RETRYING)))
        (act (if (or is-missed is-early) "defer" (if (> (get left record) u0) "next" "last"))))
    {n: n, act: act, at: (if (and (is-eq (get policy record) CATCH_UP) (is-eq act "next"))
      (+ at (* every (if (> behind MAX_BEHIND) (- behind (- MAX_BEHIND u1)) u1)))
      (slot-after at every now))}))

(define-private (is-deferred (step {n: uint, act: (string-ascii 5), at: uint})) (is-eq (get act step) "defer"))
(define-private (is-followed (step {n: uint, act: (string-ascii 5), at: uint})) (is-eq (get act step) "next"))
(define-private (is-last (step {n: uint, act: (string-ascii 5), at: uint})) (is-eq (get act step) "last"))

;; Takes the steps; returns how many tasks were made.
(define-private (advance (steps (list 7 {n: uint, act: (string-ascii 5), at: uint})))
  (let ((deferred (filter is-deferred steps))
        (followed (filter is-followed steps))
        (moved (if (is-eq (len deferred) u0) (list)
          (try! (contract-call? .task-control defer (map instant-of deferred)))))
        (made (if (is-eq (len followed) u0) (list)
          (try! (contract-call? .async-queue enqueue-for (map item-after followed))))))
    (map take-step deferred moved)
    (map take-step followed made)
    (map end-series (filter is-last steps))
    (ok (fold count-ok made u0))))

(define-private (instant-of (step {n: uint, act: (string-ascii 5), at: uint}))
  {id: (get task (series-at (get n step))), at: (get at step)})

(define-private (item-after (step {n: uint, act: (string-ascii 5), at: uint})) (item-of (get n step) (get at step)))

(define-private (item-of (n uint) (at uint))
  (let ((record (series-at n)))
    {
      owner: (get owner record), template: (get template record), series: n, origin: none, clock: (get clock record),
      at: at, priority: none, reward: (get reward record), reward-min: none, deadline: none, hold: false, tag: none,
      key: none, parents: (list), after-items: (list), lax: false, payload: (get payload record)
    }))

(define-private (take-step (step {n: uint, act: (string-ascii 5), at: uint}) (result (response uint uint)))
  (let ((n (get n step))
        (before (merge (series-at n) {at: (get at step)}))
        (is-next (is-followed step))
        (next (match result
          id (if is-next (merge before {left: (- (get left before) u1), task: id, previous: (get task before)}) before)
          code (merge before {status: STOOD_DOWN, reason: code}))))
    (map-set series n next)
    (print (merge next {series: n,
      topic: (if (is-err result) "series-stood-down" (if is-next "series-advanced" "series-deferred"))}))))

(define-private (end-series (step {n: uint, act: (string-ascii 5), at: uint}))
  (let ((n (get n step))
        (next (merge (series-at n) {status: ENDED})))
    (map-set series n next)
    (print (merge next {topic: "series-ended", series: n}))))

(define-private (count-ok (result (response uint uint)) (count uint)) (if (is-ok result) (+ count u1) count))
