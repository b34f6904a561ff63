;; title: task-scheduler.tests
;; synopsis: what Rendezvous calls and checks in task-scheduler, behind whose source it stands
;; depends on: async-task-factory, task-index, async-queue; the contract `actor`
;; who may call: Rendezvous
;; prints: nothing
;; limits: the census takes the first 4,096 series

(use-trait actor .coordinator-registry.actor)

(define-constant ERR_NOTHING (err u9001)) ;; the caller has no task or series like that
(define-constant ONCHAIN_LANE u19) ;; of queue u1, priority u3
(define-constant PER_LEVEL (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15))
(define-constant DATA {priority: none, reward: u0, reward-min: none, deadline: none, hold: false, tag: none, key: none,
  parents: (list), after-items: (list), lax: false, payload: 0x})

(define-map latest principal uint) ;; the task that an account scheduled last

;; --- Calls that fit the stage: tasks
(define-private (instant-on (clock uint) (delay uint))
  (if (is-eq clock STACKS_HEIGHT)
    (+ stacks-block-height u1 (mod delay u300))
    (if (is-eq clock BITCOIN_HEIGHT)
      (+ burn-block-height u1 (mod delay u300))
      (+ stacks-block-time u1 (mod delay u100000)))))

(define-private (latest-of (who principal)) (default-to u0 (map-get? latest who)))

(define-public (schedule-new (template uint) (reward uint) (clock uint) (delay uint))
  (let ((on (mod clock u3))
        (id (try! (create-and-schedule (+ (mod template u4) u1) (merge DATA {reward: (mod reward u1000000)})
          on (instant-on on delay)))))
    (map-set latest contract-caller id)
    (ok id)))

(define-public (schedule-again (delay uint))
  (schedule-task (latest-of contract-caller) (instant-on STACKS_HEIGHT delay)))

(define-public (schedule-again-on (clock uint) (delay uint))
  (schedule-task-on (latest-of contract-caller) (mod clock u3) (instant-on (mod clock u3) delay)))

(define-public (unschedule-latest) (unschedule-task (latest-of contract-caller)))
(define-public (cancel-latest) (cancel-scheduled-task (latest-of contract-caller)))
(define-public (trigger-some (clock uint) (n uint)) (trigger-due-tasks (mod clock u3) (+ (mod n u20) u1)))

;; Any of those that wait: the first may be late.
(define-private (waiting-task (n uint))
  (let ((ids (get ids (contract-call? .task-index get-list-page ONCHAIN_LANE u0))))
    (default-to u0 (element-at? ids (mod n (+ (len ids) u1))))))

(define-public (execute-waiting (n uint) (handler <task-handler>)) (execute-task (waiting-task n) handler))
(define-public (execute-held (n uint) (handler <task-handler>))
  (execute-task (get task (series-at (+ (mod n (+ (var-get series-count) u1)) u1))) handler))
(define-public (execute-two (n uint) (one <task-handler>) (other <task-handler>))
  (execute-tasks (list {id: (waiting-task n), h: one} {id: (waiting-task (+ n u1)), h: other})))

;; --- Calls that fit the stage: series
(define-public (create-some-series (template uint) (clock uint) (delay uint) (every uint) (runs uint) (reward uint)
    (policy uint) (overlap bool))
  (let ((on (mod clock u3)))
    (create-series (+ (mod template u4) u1) on (instant-on on delay) (+ u60 (mod every (if (is-eq on u2) u50000 u100)))
      (+ (mod runs u6) u1) (mod reward u100000) (mod policy u3) overlap 0x)))

(define-public (top-up-some (n uint) (runs uint))
  (top-up-series (+ (mod n (+ (var-get series-count) u1)) u1) (+ (mod runs u6) u1)))
(define-public (skip-own) (skip-next (own-series RUNNING)))
(define-public (resume-own) (resume-series (own-series STOOD_DOWN)))
(define-public (cancel-own (is-stood-down bool)) (cancel-series (own-series (if is-stood-down STOOD_DOWN RUNNING))))

;; While its template is not active, the series that are due stand down.
(define-public (stand-down-due (by <actor>) (template uint) (clock uint))
  (begin
    (try! (contract-call? by set-active template u0))
    (try! (trigger-due-tasks (mod clock u3) MAX_BATCH))
    (contract-call? by set-active template u1)))

;; The newest series of the caller with a status, of the last 256; u0 for none.
(define-private (own-series (status uint))
  (get found (fold find-row PER_LEVEL
    {by: contract-caller, status: status, n: (var-get series-count), found: u0})))
(define-private (find-row (turn uint) (acc {by: principal, status: uint, n: uint, found: uint}))
  (if (or (> (get found acc) u0) (is-eq (get n acc) u0)) acc (fold find-one PER_LEVEL acc)))
(define-private (find-one (turn uint) (acc {by: principal, status: uint, n: uint, found: uint}))
  (if (or (> (get found acc) u0) (is-eq (get n acc) u0))
    acc
    (let ((record (series-at (get n acc))))
      (if (and (is-eq (get owner record) (get by acc)) (is-eq (get status record) (get status acc)))
        (merge acc {found: (get n acc)})
        (merge acc {n: (- (get n acc) u1)})))))

;; --- What the actor does
(define-public (actor-dequeues (by <actor>) (queue uint) (n uint)) (contract-call? by dequeue queue n))
(define-public (actor-settles (by <actor>) (n uint) (way uint)) (contract-call? by settle n way))
(define-public (actor-reclaims (by <actor>) (n uint)) (contract-call? by reclaim n u0))
(define-public (actor-expires (by <actor>) (n uint)) (contract-call? by expire n u0))
(define-public (actor-sets-active (by <actor>) (template uint) (is-active uint))
  (contract-call? by set-active template (mod is-active u4)))

;; --- The census: one walk over all series
(define-private (count-series)
  (fold count-level PER_LEVEL {last: (var-get series-count), n: u0, owed: u0, are-legal: true}))

(define-private (count-level (turn uint) (acc {last: uint, n: uint, owed: uint, are-legal: bool}))
  (if (>= (get n acc) (get last acc)) acc (fold count-row PER_LEVEL acc)))

(define-private (count-row (turn uint) (acc {last: uint, n: uint, owed: uint, are-legal: bool}))
  (if (>= (get n acc) (get last acc)) acc (fold count-one PER_LEVEL acc)))

(define-private (count-one (turn uint) (acc {last: uint, n: uint, owed: uint, are-legal: bool}))
  (if (>= (get n acc) (get last acc))
    acc
    (let ((n (+ (get n acc) u1)) (record (series-at n)))
      {last: (get last acc), n: n, owed: (+ (get owed acc) (owed-for n)),
        are-legal: (and (get are-legal acc) (is-some (map-get? series n)) (is-legal n))})))

;; What must be prepaid for a series; templates are what the actor made them.
(define-private (owed-for (n uint))
  (let ((record (series-at n)))
    (if (<= (get status record) STOOD_DOWN)
      (* (get left record) (get reward record) (if (is-eq (get template record) u4) u3 u1))
      u0)))

(define-private (is-legal (n uint))
  (let ((record (series-at n)) (status (get status record)))
    (and (>= status RUNNING) (<= status ENDED) (<= (get policy record) COALESCE) (<= (get left record) MAX_RUNS)
      (> (get every record) u0) (> (get task record) (get previous record))
      (or (not (is-eq status RUNNING)) (is-eq (get reason record) u0))
      (or (not (is-eq status STOOD_DOWN)) (> (get reason record) u0))
      (or (not (is-eq status ENDED)) (is-eq (get left record) u0)))))

;; Twenty series from some number on; a number that is none stands for no series.
(define-private (twenty-from (n uint))
  (let ((first (+ (mod n (+ (var-get series-count) u1)) u1))
        (firsts (list first first first first)))
    (concat (map + (list u0 u1 u2 u3) firsts) (map + PER_LEVEL (list (+ first u4) (+ first u4) (+ first u4)
      (+ first u4) (+ first u4) (+ first u4) (+ first u4) (+ first u4) (+ first u4) (+ first u4) (+ first u4)
      (+ first u4) (+ first u4) (+ first u4) (+ first u4) (+ first u4))))))
(define-private (task-of (n uint)) (get task (series-at n)))

;; A running series holds its newest task, which waits for its slot.
(define-private (is-kept (n uint) (state {owner: principal, status: uint, gate: uint,
    lane: uint, access: uint, reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint,
    max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint,
    attempts: uint, releases: uint, steps: uint, worker: (optional principal), bonded: bool, slot: uint, claimed: uint,
    until: uint, retry: uint, list: uint, seq: uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool,
    input: bool, stop: bool, code: uint, result: (buff 512), ended: uint}))
  (let ((record (series-at n)))
    (or (not (is-eq (get status record) RUNNING)) (and (is-eq (get status state) TASK_PENDING)
      (is-eq (get series state) n) (is-eq (get owner state) (get owner record)) (is-eq (get attempts state) u0)
      (is-eq (get clock state) (get clock record)) (is-eq (get at state) (get at record))))))

(define-private (is-due-at (entry {at: uint, lane: uint, id: uint}) (state {owner: principal, status: uint, gate: uint,
    lane: uint, access: uint, reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint,
    max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint,
    attempts: uint, releases: uint, steps: uint, worker: (optional principal), bonded: bool, slot: uint, claimed: uint,
    until: uint, retry: uint, list: uint, seq: uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool,
    input: bool, stop: bool, code: uint, result: (buff 512), ended: uint}))
  (and (is-eq (get lane entry) (get lane state)) (or
    (and (is-eq (get status state) TASK_PENDING) (is-eq (get at entry) (get at state)))
    (and (is-eq (get status state) TASK_RETRYING) (is-eq (get at entry) (get retry state))))))

(define-private (both (one bool) (other bool)) (and one other))

;; --- Invariants
(define-read-only (invariant-series-are-legal) (get are-legal (count-series)))

(define-read-only (invariant-vault-covers-all-series)
  (>= (stx-get-balance .async-queue) (get owed (count-series))))

;; Exactly the runs that are left are prepaid: none of a series that has ended or was cancelled.
(define-read-only (invariant-runs-left-are-prepaid (n uint))
  (let ((series-number (+ (mod n (+ (var-get series-count) u1)) u1)))
    (is-eq (contract-call? .async-queue get-prepaid series-number) (owed-for series-number))))

(define-read-only (invariant-running-series-hold-a-task (n uint))
  (let ((numbers (twenty-from n)))
    (fold both (map is-kept numbers (contract-call? .async-queue get-states (map task-of numbers))) true)))

(define-read-only (invariant-due-tasks-wait-for-their-time (clock uint))
  (let ((entries (contract-call? .task-index get-due (mod clock u3))))
    (or (is-eq (len entries) u0)
      (fold both (map is-due-at entries (contract-call? .async-queue get-states (map id-of-due entries))) true))))
(define-private (id-of-due (entry {at: uint, lane: uint, id: uint})) (get id entry))

(define-read-only (invariant-scheduler-holds-no-funds) (is-eq (stx-get-balance current-contract) u0))

(define-read-only (invariant-no-series-is-unknown (n uint)) (is-none (map-get? series (+ (var-get series-count) n u1))))
