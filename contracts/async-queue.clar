;; title: async-queue
;; synopsis: tasks on their way: the only writer of their state, and the vault of their rewards
;; depends on: coordinator-registry, async-task-factory, task-index, task-graph
;; who may call: producers enqueue; workers take, keep and complete tasks; all else goes through task-control and
;;   task-scheduler, which alone may transact
;; prints: task-* for each task that changes, with its whole new state; credits-withdrawn, series-funded, series-drained
;; limits: payload 1,024 bytes, result 512 bytes; a call makes, takes or completes 20 tasks and names 40 parents
;;
;; Money: the vault holds the escrow of unfinished tasks, what is prepaid for series, and credits. Escrow comes in when
;; a task is made and goes out once: the price to the worker that completes it, the rest to the owner. A call pays only
;; its caller and the owners of tasks that it names; what is due to anyone else is credited.

;; --- Errors
(define-constant ERR_SYSTEM_ONLY (err u1200)) ;; only task-control, task-scheduler and task-topics may call this
(define-constant ERR_UNKNOWN_TASK (err u1201)) ;; no task has this id
(define-constant ERR_ESCROW (err u1202)) ;; what goes into escrows is not what is paid in less what is paid out
(define-constant ERR_EMPTY (err u1204)) ;; there is no task to take
(define-constant ERR_NOT_HOLDER (err u1205)) ;; the lease of the task belongs to another worker
(define-constant ERR_STATE (err u1206)) ;; the task is not in a state that allows this
(define-constant ERR_KIND (err u1210)) ;; on-chain work is executed, not taken; not all work is for bonded workers
(define-constant ERR_TOO_MANY (err u1212)) ;; the number asked for is not between 1 and the most a call takes
(define-constant ERR_INSUFFICIENT (err u1213)) ;; the payer has too few STX
(define-constant ERR_PAYER (err u1214)) ;; the reward must come from the owner: a contract pays from its own balance
(define-constant ERR_STALE_ATTEMPT (err u1215)) ;; the attempt is not the one that is running
(define-constant ERR_DEADLINE (err u1216)) ;; the deadline of the task has passed
(define-constant ERR_NO_CREDIT (err u1218)) ;; nothing is credited to the caller
(define-constant ERR_NOT_DUE (err u1220)) ;; the task still waits at a gate or for its next attempt

;; --- Constants
;; Statuses; also u1 PENDING, which waits at a gate: its hold, then its parents, then its time; u6 FAILED, u7 CANCELLED.
(define-constant QUEUED u2)
(define-constant RUNNING u3) ;; leased to a worker, or being executed
(define-constant RETRYING u4) ;; waits for its next attempt
(define-constant SUCCEEDED u5)
(define-constant EXPIRED u8)
;; By status, from u0 for a new task: the mask of statuses that may come next.
(define-constant LEGAL (list u6 ;; new -> PENDING, QUEUED
  u398 u398 ;; PENDING and QUEUED -> PENDING, QUEUED, RUNNING, CANCELLED, EXPIRED
  u250 ;; RUNNING -> PENDING (a further step), RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED
  u412 ;; RETRYING -> QUEUED, RUNNING, RETRYING, CANCELLED, EXPIRED
  u0 u64)) ;; FAILED -> FAILED, as it leaves the dead letters
(define-constant AT_TIME u3) ;; the last gate
(define-constant ROLE_PRODUCER u1)
(define-constant MAY_ENQUEUE u1)
(define-constant ONCHAIN u1) ;; bits of `access`
(define-constant OPEN_TO_BONDED u2)
(define-constant STRICT u4)
(define-constant MAX_BATCH u20)
(define-constant MIN_LEASE u12) ;; Stacks blocks
(define-constant NOTHING_DONE {slots: (list), paid: u0, watched: false})
(define-constant NO_MOVE {id: u0, topic: "", to: u0, answer: u0, list: u0, seq: u0, into: u0, lane: u0, clock: u0,
  at: u0, series: u0, watch: u0, watched: false, credit: false})
(define-constant NEW_STATE {owner: current-contract, status: u0, gate: u0, lane: u0, access: u0, reward: u0, floor: u0,
  ramp: u0, price: u0, escrow: u0, lease: u0, max-lease: u0, max-attempts: u0, delay: u0, doubling: false, cap: u0,
  ttl: u0, expires: u0, attempts: u0, releases: u0, steps: u0, worker: none, bonded: false, slot: u0, claimed: u0,
  until: u0, retry: u0, list: u0, seq: u0, clock: u0, at: u0, series: u0, watched: false, shared: false, input: false,
  stop: false, code: u0, result: 0x, ended: u0})

;; --- Data
(define-map states uint {
  owner: principal, status: uint, gate: uint, ;; where it waits while pending: u1 hold, u2 parents, u3 time
  lane: uint, access: uint, ;; queue * 16 + priority; of its queue: 1 on-chain + 2 bonded workers too + 4 strict
  reward: uint, floor: uint, ramp: uint, ;; uSTX a step: most, least; units of `clock` from least to most, from due on
  price: uint, escrow: uint, ;; uSTX: fixed as an attempt begins; in the vault for this task
  lease: uint, max-lease: uint, max-attempts: uint, ;; Stacks blocks of an attempt, without and with heartbeats
  delay: uint, doubling: bool, cap: uint, ;; Stacks blocks before the second attempt, and at most
  ttl: uint, expires: uint, ;; seconds it may wait once it is in its lane; Unix seconds of its deadline, u0 for none
  attempts: uint, releases: uint, steps: uint, ;; attempts begun: the running one has this number; steps left
  worker: (optional principal), bonded: bool, slot: uint, ;; of the last attempt
  claimed: uint, until: uint, retry: uint, ;; Stacks heights: begun, reclaimable from, next attempt
  list: uint, seq: uint, ;; its place in the index; seq u0: in none
  clock: uint, at: uint, ;; when it is or was due: u0 Stacks, u1 Bitcoin height, u2 block time
  series: uint, watched: bool, shared: bool, ;; watched: children wait for it; shared: the trigger took its share
  input: bool, stop: bool, ;; task-control has an input for it; its owner asked the running attempt to be the last
  code: uint, result: (buff 512), ended: uint ;; why the last attempt did not succeed; Stacks height
})
(define-map prepaid uint uint) ;; uSTX by series
(define-map credits principal uint) ;; uSTX

;; --- Read-only
(define-read-only (get-task (id uint)) (contract-call? .async-task-factory get-task id))
(define-read-only (get-state (id uint)) (map-get? states id))
(define-read-only (get-states (ids (list 20 uint))) (map state-of ids))
(define-read-only (get-statuses (ids (list 8 uint))) (map status-of ids))
(define-read-only (get-credits (who principal)) (default-to u0 (map-get? credits who)))
(define-read-only (get-prepaid (series uint)) (default-to u0 (map-get? prepaid series)))

;; How the parents of tasks stand.
(define-read-only (get-families (ids (list 12 uint)))
  (map family-of (map owner-of ids) (contract-call? .async-task-factory get-lineages ids)))

;; Tasks waiting in a queue, in all and by priority.
(define-read-only (get-queue-status (queue uint))
  (let ((depths (contract-call? .task-index get-depths queue)))
    (try! (contract-call? .async-task-factory resolve-queue queue))
    (ok {waiting: (fold + depths u0), depths: depths})))

;; --- Public: owners
;; Makes a task and takes its reward in escrow. The owner is the caller; a contract pays from its own balance.
(define-public (enqueue-task (template uint) (data {priority: (optional uint), reward: uint, reward-min: (optional
    uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list
    8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)}))
  (let ((item (merge data {owner: contract-caller, template: template, series: u0, origin: none, clock: u0, at: u0})))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PRODUCER MAY_ENQUEUE))
    (unwrap! (element-at? (try! (create-all (list item))) u0) ERR_STATE)))

;; Makes up to 20 tasks; one that is refused does not hinder the others. `after-items` are earlier places in the list.
(define-public (enqueue-tasks (items (list 20 {template: uint, priority: (optional uint), reward: uint, reward-min:
    (optional uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)),
    parents: (list 8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)})))
  (begin
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PRODUCER MAY_ENQUEUE))
    (create-all (map own-item items))))

;; Pays the caller all that is credited to it.
(define-public (withdraw-credits)
  (let ((amount (get-credits contract-caller)))
    (asserts! (> amount u0) ERR_NO_CREDIT)
    (map-delete credits contract-caller)
    (try! (pay amount contract-caller))
    (print {topic: "credits-withdrawn", owner: contract-caller, amount: amount})
    (ok amount)))

;; --- Public: workers
;; Leases the first task of the default queue to the caller.
(define-public (dequeue-task) (dequeue-from u0 u1))

;; Leases up to `n` tasks of a queue to the caller, the first in order. A late one is expired, and counts as one.
(define-public (dequeue-from (queue uint) (n uint))
  (begin
    (asserts! (and (> n u0) (<= n MAX_BATCH)) ERR_TOO_MANY)
    (lease-all (try! (contract-call? .task-index pop-lanes queue n)))))

;; Leases those of the tasks that wait in queues where one need not take the head of the line.
(define-public (claim-tasks (ids (list 20 uint)))
  (let ((claim (fold judge-claim ids {moves: (list), taken: (list)})))
    (try! (contract-call? .task-index relocate (get moves claim)))
    (lease-all (get taken claim))))

;; Ends the caller's attempt with a result and pays its price, also after `until` as long as nobody reclaimed it. Its
;; children are then for `release-children` of task-control.
(define-public (complete-task (id uint) (attempt uint) (result (buff 512)))
  (unwrap! (element-at? (try! (complete-tasks (list {id: id, attempt: attempt, result: result}))) u0) ERR_STATE))

;; The same for up to 20 attempts, paid in one transfer; one that is refused does not hinder the others.
(define-public (complete-tasks (items (list 20 {id: uint, attempt: uint, result: (buff 512)})))
  (let ((at (begin (asserts! (> (len items) u0) ERR_TOO_MANY) stacks-block-height))
        (done (map complete-one items (list at at at at at at at at at at at at at at at at at at at at)))
        (sum (fold add-done done NOTHING_DONE)))
    (try! (let-go sum done contract-caller (len (get slots sum))))
    (ok (map done-price done))))

;; --- Public: task-control and task-scheduler
;; Writes the next states of tasks, each with the move that leads there, and returns the answers of the moves. Escrows
;; must rise by what `payer` pays in less what `payee` is paid; what a task has left as it ends goes to its owner.
(define-public (transact (moves (list 20 (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint,
    list: uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool,
    credit: bool} uint))) (nexts (list 20 {owner: principal, status: uint, gate: uint, lane: uint, access: uint,
    reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint,
    delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint,
    worker: (optional principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq:
    uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint,
    result: (buff 512), ended: uint})) (payer principal) (paid-in uint) (payee principal) (paid-out uint))
  (begin
    (try! (assert-system))
    (try! (collect paid-in payer))
    (let ((written (map write moves nexts (try! (contract-call? .task-index relocate moves)))))
      (asserts! (is-eq (fold add-rise written 0) (- (to-int paid-in) (to-int paid-out))) ERR_ESCROW)
      (try! (pay paid-out payee))
      (try! (link moves))
      (ok (map answer-of written)))))

;; Begins an attempt of an on-chain task that is in its lane or due; it ends in the same transaction.
(define-public (begin-execution (id uint) (executor principal) (height uint))
  (let ((state (unwrap! (map-get? states id) ERR_UNKNOWN_TASK))
        (status (get status state))
        (next (merge state {status: RUNNING, gate: u0, attempts: (+ (get attempts state) u1), worker: (some executor),
          claimed: height, until: height, list: u0, seq: u0, ttl: u0, price: (price-of (get floor state)
            (get reward state) (get ramp state) (get clock state) (get at state) (get price state))})))
    (try! (assert-system))
    (asserts! (has-bit (get access state) ONCHAIN) ERR_KIND)
    (asserts! (and (< status SUCCEEDED) (not (is-eq status RUNNING))) ERR_STATE)
    (asserts! (or (is-eq status QUEUED) (and (is-eq status RETRYING) (>= height (get retry state)))
      (and (is-eq (get gate state) AT_TIME) (>= (now-on (get clock state)) (get at state)))) ERR_NOT_DUE)
    (asserts! (not (is-late (get expires state))) ERR_DEADLINE)
    (try! (contract-call? .task-index relocate
      (list (ok (merge NO_MOVE {list: (get list state), seq: (get seq state)})))))
    (try! (save id status next))
    (print (merge next {topic: "task-executing", id: id}))
    (ok next)))

;; Ends what begin-execution began with success, and pays the executor.
(define-public (settle-execution (id uint) (executor principal) (height uint) (code uint) (result (buff 512)))
  (let ((done (complete id (get attempts (state-of id)) result height executor ONCHAIN code)))
    (try! (assert-system))
    (try! (let-go (merge (fold add-done (list done) NOTHING_DONE) {slots: (list)}) (list done) executor u1))
    (done-price done)))

;; Makes tasks for their owner, who pays; those of series come out of what is prepaid for them.
(define-public (enqueue-for (items (list 7 {owner: principal, template: uint, series: uint, origin: (optional
    uint), clock: uint, at: uint, priority: (optional uint), reward: uint, reward-min: (optional uint), deadline:
    (optional uint), hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list 8 uint),
    after-items: (list 8 uint), lax: bool, payload: (buff 1024)}))) (begin (try! (assert-system)) (create-all items)))

;; Takes up to `n` children whose parent has ended; the caller sees to them in the same call.
(define-public (take-children (n uint))
  (begin (try! (assert-system)) (contract-call? .task-graph update (list) n)))

;; Pays uSTX in for the runs of a series to come; returns what is prepaid.
(define-public (fund-series (payer principal) (series uint) (amount uint))
  (begin
    (try! (assert-system))
    (try! (collect amount payer)) ;; what was paid adds up without overflow
    (let ((sum (+ (get-prepaid series) amount)))
      (map-set prepaid series sum)
      (print {topic: "series-funded", series: series, payer: payer, amount: amount, prepaid: sum})
      (ok sum))))

(define-public (drain-series (series uint) (to principal))
  (let ((amount (get-prepaid series)))
    (try! (assert-system))
    (map-delete prepaid series)
    (try! (pay amount to))
    (print {topic: "series-drained", series: series, to: to, amount: amount})
    (ok amount)))

;; --- Private: states
(define-private (state-of (id uint)) (default-to NEW_STATE (map-get? states id)))
(define-private (status-of (id uint)) (get status (state-of id)))
(define-private (owner-of (id uint)) (get owner (state-of id)))
(define-private (has-bit (mask uint) (bit uint)) (> (bit-and mask bit) u0))
(define-private (is-late (expires uint)) (and (> expires u0) (>= stacks-block-time expires)))
(define-private (now-on (clock uint))
  (if (is-eq clock u0) stacks-block-height (if (is-eq clock u1) burn-block-height stacks-block-time)))
(define-private (min-of (a uint) (b uint)) (if (< a b) a b))
(define-private (assert-system)
  (ok (asserts! (or (is-eq contract-caller .task-control) (is-eq contract-caller .task-scheduler)
    (is-eq contract-caller .task-topics)) ERR_SYSTEM_ONLY)))

;; The only place that writes a state.
(define-private (save (id uint) (from uint) (next {owner: principal, status: uint, gate: uint, lane: uint, access:
    uint, reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts:
    uint, delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps:
    uint, worker: (optional principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint,
    seq: uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint,
    result: (buff 512), ended: uint}))
  (let ((mask (default-to u0 (element-at? LEGAL from))))
    (asserts! (has-bit mask (pow u2 (get status next))) ERR_STATE)
    (ok (map-set states id next))))

;; Carries one move out. A move to u0 names a task that its key made before: nothing happens to it.
(define-private (write (result (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint,
    seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool}
    uint)) (next {owner: principal, status: uint, gate: uint, lane: uint, access: uint, reward: uint, floor: uint,
    ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint, delay: uint, doubling:
    bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint, worker: (optional
    principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq: uint, clock: uint,
    at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint, result: (buff 512),
    ended: uint}) (place {list: uint, seq: uint}))
  (let ((move (try! result))
        (id (get id move))
        (before (state-of id))
        (is-new (is-eq (get status before) u0))
        (refund (if (>= (get status next) SUCCEEDED) (get escrow next) u0))
        (placed (merge (if (is-eq (get into move) u0) next (merge next place)) {escrow: (- (get escrow next) refund)}))
        (funds (if (and is-new (> (get series next) u0)) (get-prepaid (get series next)) u0)))
    (if (is-eq (get to move) u0)
      (begin (print (merge before {topic: (get topic move), id: id})) (ok {answer: id, rise: 0}))
      (begin
        (asserts! (or is-new (is-eq (get owner before) (get owner next))) ERR_STATE)
        (try! (save id (get status before) placed))
        (if (get credit move) (credit refund (get owner next)) (try! (pay refund (get owner next))))
        (if (> funds u0) (map-set prepaid (get series next) (- funds (get escrow next))) true)
        (print (merge placed {topic: (get topic move), id: id}))
        (ok {answer: (get answer move), rise: (- (to-int (get escrow next)) (to-int (get escrow before)))})))))

(define-private (add-rise (result (response {answer: uint, rise: int} uint)) (sum int))
  (match result written (+ sum (get rise written)) refusal sum))
(define-private (answer-of (result (response {answer: uint, rise: int} uint))) (ok (get answer (try! result))))

;; --- Private: families
;; Tells task-graph who waits for whom and which parents have ended.
(define-private (link (moves (list 20 (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list:
    uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit:
    bool} uint))))
  (ok (and (fold mark-watched moves false) (> (len (try! (contract-call? .task-graph update moves u0))) u0))))

;; Whether there is anything to tell; a parent remembers that it is watched.
(define-private (mark-watched (result (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list:
    uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit:
    bool} uint)) (found bool))
  (match result
    move (let ((id (get watch move)))
      (if (is-eq id u0)
        (or found (and (get watched move) (>= (get to move) SUCCEEDED)))
        (let ((parent (state-of id)))
          (or (get watched parent) (is-ok (save id (get status parent) (merge parent {watched: true}))) true))))
    refusal found))

(define-private (family-of (owner principal) (line {parents: (list 8 uint), lax: bool}))
  (fold judge-parent (get parents line) {owner: owner, lax: (get lax line), watch: u0, broken: false, alien: false}))

;; Finds the first parent that has not ended, one that ended without success, and one of another owner.
(define-private (judge-parent (id uint) (acc {owner: principal, lax: bool, watch: uint, broken: bool,
    alien: bool}))
  (let ((parent (state-of id)) (status (get status parent)))
    (merge acc {
      watch: (if (and (is-eq (get watch acc) u0) (< status SUCCEEDED)) id (get watch acc)),
      broken: (or (get broken acc) (and (> status SUCCEEDED) (not (get lax acc)))),
      alien: (or (get alien acc) (is-eq status u0) (not (is-eq (get owner parent) (get owner acc))))
    })))

;; --- Private: making
(define-private (own-item (item {template: uint, priority: (optional uint), reward: uint, reward-min: (optional
    uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list
    8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)}))
  (merge item {owner: contract-caller, series: u0, origin: none, clock: u0, at: u0}))

(define-private (facts-of (item {owner: principal, template: uint, series: uint, origin: (optional uint), clock:
    uint, at: uint, priority: (optional uint), reward: uint, reward-min: (optional uint), deadline: (optional uint),
    hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8
    uint), lax: bool, payload: (buff 1024)}))
  (merge {funds: (if (is-eq (get series item) u0) u0 (get-prepaid (get series item)))}
    (family-of (get owner item) {parents: (get parents item), lax: (get lax item)})))

(define-private (create-all (items (list 20 {owner: principal, template: uint, series: uint, origin: (optional
    uint), clock: uint, at: uint, priority: (optional uint), reward: uint, reward-min: (optional uint), deadline:
    (optional uint), hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list 8 uint),
    after-items: (list 8 uint), lax: bool, payload: (buff 1024)})))
  (let ((owner (get owner (unwrap! (element-at? items u0) ERR_TOO_MANY)))
        (made (try! (contract-call? .async-task-factory make-all items (map facts-of items))))
        (moves (get moves made)))
    (try! (collect (get cost made) owner))
    (let ((written (map write moves (get states made) (try! (contract-call? .task-index relocate moves)))))
      (try! (link moves))
      (if (> (len (get guards made)) u0) (try! (contract-call? .task-index set-guards (get guards made))) true)
      (ok (map answer-of written)))))

;; --- Private: leases
(define-private (lease-all (ids (list 20 uint)))
  (let ((now stacks-block-height))
    (asserts! (> (len ids) u0) ERR_EMPTY)
    (let ((leased (try! (contract-call? .coordinator-registry open-leases contract-caller ids (+ now MIN_LEASE) now)))
          (by {now: now, bonded: (get bonded leased)})
          (begun (map start-attempt ids (get slots leased)
            (list by by by by by by by by by by by by by by by by by by by by)))
          (late (fold add-done begun NOTHING_DONE)))
      (try! (let-go late begun contract-caller u0))
      (fold add-begun begun (ok (list))))))

;; Begins an attempt, or expires the task when it is late.
(define-private (start-attempt (id uint) (slot uint) (by {now: uint, bonded: bool}))
  (let ((state (state-of id))
        (is-expired (is-late (get expires state)))
        (next (if is-expired
          (merge state {status: EXPIRED, escrow: u0, ended: (get now by), list: u0, seq: u0})
          (merge state {status: RUNNING, attempts: (+ (get attempts state) u1), worker: (some contract-caller),
            slot: slot, bonded: (get bonded by), claimed: (get now by), until: (+ (get now by) (get lease state)),
            list: u0, seq: u0, price: (price-of (get floor state) (get reward state) (get ramp state)
              (get clock state) (get at state) (get price state))}))))
    (asserts! (and (not (has-bit (get access state) ONCHAIN))
      (or (not (get bonded by)) (has-bit (get access state) OPEN_TO_BONDED))) ERR_KIND)
    (try! (save id (get status state) next))
    (if is-expired (credit (get escrow state) (get owner state)) true)
    (print (merge next {topic: (if is-expired "task-expired" "task-dequeued"), id: id}))
    (ok {id: id, slot: slot, paid: u0, is-over: is-expired, watched: (get watched state)})))

(define-private (add-begun (result (response {id: uint, slot: uint, paid: uint, is-over: bool, watched: bool}
    uint)) (ids (response (list 20 uint) uint)))
  (let ((begun (try! result)))
    (ok (if (get is-over begun) (try! ids) (default-to (list) (as-max-len? (append (try! ids) (get id begun)) u20))))))

(define-private (judge-claim (id uint) (claim {moves: (list 20 (response {id: uint, topic: (string-ascii 20), to:
    uint, answer: uint, list: uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch:
    uint, watched: bool, credit: bool} uint)), taken: (list 20 uint)}))
  (let ((state (state-of id))
        (move (ok (merge NO_MOVE {id: id, list: (get list state), seq: (get seq state)}))))
    (if (and (is-eq (get status state) QUEUED) (not (has-bit (get access state) (+ ONCHAIN STRICT)))
        (is-none (index-of? (get taken claim) id)))
      {moves: (default-to (list) (as-max-len? (append (get moves claim) move) u20)),
        taken: (default-to (list) (as-max-len? (append (get taken claim) id) u20))}
      claim)))

;; --- Private: completing
(define-private (complete-one (item {id: uint, attempt: uint, result: (buff 512)}) (at uint))
  (complete (get id item) (get attempt item) (get result item) at contract-caller u0 u0))

(define-private (complete (id uint) (attempt uint) (result (buff 512)) (height uint) (worker principal) (access uint)
    (code uint))
  (let ((before (unwrap! (map-get? states id) ERR_UNKNOWN_TASK))
        (next (merge before {status: SUCCEEDED, code: code, result: result, escrow: u0, ended: height})))
    (asserts! (is-eq (get status before) RUNNING) ERR_STATE)
    (asserts! (is-eq (bit-and (get access before) ONCHAIN) access) ERR_KIND)
    (asserts! (is-eq (get worker before) (some worker)) ERR_NOT_HOLDER)
    (asserts! (is-eq (get attempts before) attempt) ERR_STALE_ATTEMPT)
    (try! (save id RUNNING next))
    (try! (pay (- (get escrow before) (get price before)) (get owner before)))
    (print (merge next {topic: "task-completed", id: id}))
    (ok {id: id, slot: (get slot before), paid: (get price before), is-over: true, watched: (get watched before)})))

(define-private (add-done (result (response {id: uint, slot: uint, paid: uint, is-over: bool, watched: bool} uint))
    (sum {slots: (list 20 uint), paid: uint, watched: bool}))
  (match result
    done (if (get is-over done)
      {slots: (default-to (list) (as-max-len? (append (get slots sum) (get slot done)) u20)),
        paid: (+ (get paid sum) (get paid done)), watched: (or (get watched sum) (get watched done))}
      sum)
    refusal sum))
(define-private (done-price (result (response {id: uint, slot: uint, paid: uint, is-over: bool, watched: bool}
    uint))) (ok (get paid (try! result))))

;; Frees the slots of what has ended, pays the worker, and makes children loose for release-children to see to.
(define-private (let-go (sum {slots: (list 20 uint), paid: uint, watched: bool}) (done (list 20 (response {id:
    uint, slot: uint, paid: uint, is-over: bool, watched: bool} uint))) (worker principal) (good uint))
  (begin
    (if (> (+ good (len (get slots sum))) u0)
      (try! (contract-call? .coordinator-registry close-leases worker (get slots sum) good u0 (get paid sum)))
      true)
    (try! (pay (get paid sum) worker))
    (ok (and (get watched sum) (> (len (try! (contract-call? .task-graph update (map ended-move done) u0))) u0)))))

(define-private (ended-move (result (response {id: uint, slot: uint, paid: uint, is-over: bool, watched: bool} uint)))
  (let ((done (try! result)))
    (ok (merge NO_MOVE
      {id: (get id done), to: (if (get is-over done) SUCCEEDED RUNNING), watched: (get watched done)}))))

;; --- Private: money
;; The price of an attempt that begins now: from `floor` at the due instant up to `reward`, never below an earlier one.
(define-private (price-of (floor uint) (reward uint) (ramp uint) (clock uint) (at uint) (before uint))
  (if (or (is-eq ramp u0) (>= floor reward))
    reward
    (let ((now (now-on clock))
          (risen (/ (* (- reward floor) (min-of ramp (if (> now at) (- now at) u0))) ramp)))
      (min-of reward (if (> before (+ floor risen)) before (+ floor risen))))))

(define-private (collect (amount uint) (payer principal))
  (if (is-eq amount u0)
    (ok true)
    (match (stx-transfer? amount payer current-contract)
      done (ok true)
      code (if (is-eq code u1) ERR_INSUFFICIENT ERR_PAYER))))

(define-private (pay (amount uint) (to principal))
  (if (is-eq amount u0)
    (ok true)
    (ok (unwrap! (as-contract? ((with-stx amount)) (unwrap! (stx-transfer? amount tx-sender to) ERR_INSUFFICIENT))
      ERR_INSUFFICIENT))))

(define-private (credit (amount uint) (to principal))
  (if (is-eq amount u0) true (map-set credits to (+ (get-credits to) amount))))
