;; title: async-queue
;; synopsis: the tasks: the only writer of their state, and the vault of their rewards
;; depends on: coordinator-registry, async-task-factory, task-index
;; who may call: producers enqueue; an owner cancels its tasks; workers dequeue and settle what they hold; anyone
;;   reclaims expired leases; task-scheduler alone gives a task its time
;; prints: task-enqueued, task-dequeued, task-heartbeat, task-completed, task-failed, task-reclaimed, task-cancelled,
;;   task-stop-asked, task-scheduled, task-unscheduled, task-triggered, each with the whole new state
;; limits: payload 1,024 bytes, result 512 bytes, 20 tasks a dequeue, 12 leases a reclaim
;;
;; Money: the vault holds the rewards of all unfinished tasks. A reward comes in when its task is made, and goes out
;; once, in the call that ends the task: to the worker that completed it, or back to the owner.

;; --- Errors
(define-constant ERR_SCHEDULER_ONLY (err u1200)) ;; only the task-scheduler contract may call this
(define-constant ERR_UNKNOWN_TASK (err u1201)) ;; no task has this id
(define-constant ERR_PRIORITY (err u1202)) ;; the priority is above the most urgent one the template allows
(define-constant ERR_REWARD_TOO_LOW (err u1203)) ;; the reward is below the template's minimum
(define-constant ERR_EMPTY (err u1204)) ;; no task is waiting in this queue
(define-constant ERR_NOT_HOLDER (err u1205)) ;; the lease of the task belongs to another worker
(define-constant ERR_STATE (err u1206)) ;; the task is not in a state that allows this
(define-constant ERR_NOT_OWNER (err u1207)) ;; only the owner of the task may do this
(define-constant ERR_TIME (err u1208)) ;; the instant or number of blocks is outside what can be kept
(define-constant ERR_KIND (err u1210)) ;; work of an on-chain queue is executed, not dequeued
(define-constant ERR_LEASE_LIVE (err u1211)) ;; the lease has not ended yet
(define-constant ERR_TOO_MANY (err u1212)) ;; the number asked for is not between 1 and the most a call takes
(define-constant ERR_INSUFFICIENT (err u1213)) ;; the payer has too few STX for the reward
(define-constant ERR_PAYER (err u1214)) ;; the reward must come from the owner: a contract pays from its own balance
(define-constant ERR_STALE_ATTEMPT (err u1215)) ;; the attempt is not the one that is running
(define-constant ERR_NOT_YET (err u1219)) ;; a field asks for what this version does not serve; leave it at its default

;; --- Constants
(define-constant PENDING u1) ;; held, or waiting for its time
(define-constant QUEUED u2)
(define-constant RUNNING u3) ;; leased to a worker
(define-constant RETRYING u4) ;; waiting for its next attempt
(define-constant SUCCEEDED u5)
(define-constant FAILED u6)
(define-constant CANCELLED u7)
;; By status, from u0 for a new task: the mask of statuses that may come next.
(define-constant LEGAL (list u6 ;; new -> PENDING, QUEUED
  u134 ;; PENDING -> PENDING, QUEUED, CANCELLED
  u136 ;; QUEUED -> RUNNING, CANCELLED
  u248 ;; RUNNING -> RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED
  u132)) ;; RETRYING -> QUEUED, CANCELLED

(define-constant ROLE_PRODUCER u1)
(define-constant CLASS_GRANTED u0)
(define-constant KIND_OFFCHAIN u0)
(define-constant DEFAULT_QUEUE u0)
(define-constant LANES u16)
(define-constant STACKS_HEIGHT u0) ;; the clock of leases and retries
(define-constant MAX_INSTANT (pow u2 u35))
(define-constant MAX_BATCH u20)
(define-constant MAX_HEARTBEAT u4000) ;; Stacks blocks
(define-constant MAX_EXPONENT u16)

(define-constant NEW_STATE {
  status: u0, lane: u0, reward: u0, lease: u0, max-lease: u0, max-attempts: u0, delay: u0, doubling: false, cap: u0,
  attempts: u0, worker: none, slot: u0, claimed: u0, until: u0, list: u0, seq: u0, clock: u0, at: u0, stop: false,
  code: u0, result: 0x, ended: u0
})

;; --- Data
(define-data-var last-id uint u0)

;; What was asked for; never rewritten.
(define-map tasks uint {
  owner: principal, ;; who paid and may cancel
  template: uint, version: uint,
  tag: (optional (buff 16)), deadline: (optional uint), parents: (list 8 uint), lax: bool, origin: (optional uint),
  payload: (buff 1024),
  created: uint ;; Stacks height
})
(define-map states uint {
  status: uint,
  lane: uint, ;; queue * 16 + priority
  reward: uint, ;; uSTX
  lease: uint, ;; Stacks blocks of an attempt
  max-lease: uint, ;; Stacks blocks of an attempt with all its heartbeats
  max-attempts: uint,
  delay: uint, doubling: bool, cap: uint, ;; Stacks blocks before the second attempt, and at most
  attempts: uint, ;; begun so far; the running one has this number
  worker: (optional principal), ;; of the last attempt
  slot: uint, ;; the worker's lease slot
  claimed: uint, ;; Stacks height at which the last attempt began
  until: uint, ;; Stacks height from which its lease may be reclaimed
  list: uint, seq: uint, ;; its place in a lane or due bucket; seq u0: in none
  clock: uint, at: uint, ;; what it waits for, or waited for last: u0 Stacks, u1 Bitcoin height, u2 block time
  stop: bool, ;; the owner asked the running attempt to be the last
  code: uint, result: (buff 512), ;; code: why the last attempt did not succeed
  ended: uint ;; Stacks height
})

;; --- Read-only
(define-read-only (get-last-id) (var-get last-id))

(define-read-only (get-task (id uint)) (map-get? tasks id))

(define-read-only (get-state (id uint)) (map-get? states id))

;; Tasks waiting in a queue, in all and by priority.
(define-read-only (get-queue-status (queue uint))
  (begin
    (try! (contract-call? .async-task-factory resolve-queue queue))
    (let ((depths (contract-call? .task-index get-depths queue)))
      (ok {waiting: (fold + depths u0), depths: depths}))))

;; All a keeper needs to know what to do next, at a cost that does not depend on the number of tasks: the three
;; clocks, the first due instant on each, the occupied lanes, and the busy workers among 20 coordinators.
(define-read-only (get-next (from uint))
  (let ((next (contract-call? .task-index get-next))
        (page (contract-call? .coordinator-registry get-busy from)))
    {stacks: stacks-block-height, burn: burn-block-height, time: stacks-block-time, due: (get due next),
      words: (get words next), busy: (get busy page), busy-next: (get next page), last-id: (var-get last-id)}))

;; --- Public: owners
;; Makes a task and takes its reward in escrow. The owner is the caller; a contract pays from its own balance.
(define-public (enqueue-task (template uint) (data {priority: (optional uint), reward: uint,
    reward-min: (optional uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)),
    key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)}))
  (create contract-caller template data none))

;; Ends a task that is not running, with a refund. While it runs: asks that this attempt be the last; completing it
;; still pays.
(define-public (cancel-task (id uint))
  (let ((before (try! (owned-state contract-caller id)))
        (next (merge before {stop: true})))
    (asserts! (not (get stop before)) ERR_STATE)
    (if (is-eq (get status before) RUNNING)
      (begin
        (try! (save id RUNNING next))
        (print (merge next {topic: "task-stop-asked", id: id}))
        (ok true))
      (cancel contract-caller id before))))

;; --- Public: workers
;; Leases the first task of the default queue to the caller.
(define-public (dequeue-task)
  (take DEFAULT_QUEUE u1 CLASS_GRANTED))

;; Leases up to `n` tasks of a queue to the caller.
(define-public (dequeue-from (queue uint) (n uint))
  (let ((record (try! (contract-call? .async-task-factory resolve-queue queue))))
    (asserts! (is-eq (get kind record) KIND_OFFCHAIN) ERR_KIND)
    (asserts! (and (> n u0) (<= n MAX_BATCH)) ERR_TOO_MANY)
    (take queue n (get class record))))

;; Extends the caller's lease to `blocks` from now, at most to the template's bound; never shortens it.
(define-public (heartbeat-task (id uint) (attempt uint) (blocks uint) (progress (buff 32)))
  (let ((before (try! (held-state id attempt))))
    (asserts! (and (> blocks u0) (<= blocks MAX_HEARTBEAT)) ERR_TIME)
    (let ((bound (+ (get claimed before) (get max-lease before)))
          (wanted (min-of bound (+ stacks-block-height blocks)))
          (until (if (> wanted (get until before)) wanted (get until before)))
          (next (merge before {until: until})))
      (try! (save id RUNNING next))
      (print (merge next {topic: "task-heartbeat", id: id, progress: progress}))
      (ok until))))

;; Ends the caller's attempt with a result and pays the reward, also after `until` as long as nobody reclaimed it.
(define-public (complete-task (id uint) (attempt uint) (result (buff 512)))
  (let ((before (try! (held-state id attempt)))
        (reward (get reward before))
        (next (merge before {status: SUCCEEDED, code: u0, result: result, ended: stacks-block-height})))
    (try! (save id RUNNING next))
    (try! (contract-call? .coordinator-registry close-leases
      contract-caller (list (get slot before)) u1 u0 u0 reward))
    (try! (pay reward contract-caller))
    (print (merge next {topic: "task-completed", id: id}))
    (ok reward)))

;; Ends the caller's attempt without success; returns the height of the next one, u0 when there is none.
(define-public (fail-task (id uint) (attempt uint) (code uint) (retryable bool))
  (let ((now stacks-block-height)
        (before (try! (held-state id attempt)))
        (next-at (if retryable (next-attempt-at before now) u0))
        (place (if (> next-at u0)
          (try! (place-due id (get lane before) STACKS_HEIGHT next-at))
          {list: u0, seq: u0})))
    (try! (contract-call? .coordinator-registry close-leases
      contract-caller (list (get slot before)) u0 u1 u0 u0))
    (end-attempt "task-failed" id code next-at place now)))

;; --- Public: anyone
;; Ends attempts whose lease has ended. Each item succeeds or fails by itself: the height of its next attempt, u0
;; when there is none. Everything that can refuse an item is checked before the first effect.
(define-public (reclaim-leases (ids (list 12 uint)))
  (let ((now stacks-block-height)
        (judged (fold judge-reclaim ids {ids: ids, now: now, verdicts: (list), dues: (list), losses: (list)}))
        (verdicts (get verdicts judged)))
    (asserts! (> (len ids) u0) ERR_TOO_MANY)
    (let ((places (try! (contract-call? .task-index push-due (get dues judged))))
          (results (map apply-reclaim ids verdicts places (list now now now now now now now now now now now now))))
      (try! (contract-call? .coordinator-registry lose-leases (get losses judged)))
      ;; An item that passed its checks cannot fail; if one did, nothing of this call may stand.
      (asserts! (is-eq verdicts results) ERR_STATE)
      (ok results))))

;; --- Public: task-scheduler
(define-public (enqueue-for (owner principal) (template uint) (clock uint) (at uint) (data {priority: (optional uint),
    reward: uint, reward-min: (optional uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)),
    key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)}))
  (begin
    (asserts! (is-eq contract-caller .task-scheduler) ERR_SCHEDULER_ONLY)
    (create owner template data (some {clock: clock, at: at}))))

;; Gives a held task its time, or another time.
(define-public (hold-until (owner principal) (id uint) (clock uint) (at uint))
  (begin
    (asserts! (is-eq contract-caller .task-scheduler) ERR_SCHEDULER_ONLY)
    (let ((before (try! (owned-state owner id))))
      (asserts! (is-eq (get status before) PENDING) ERR_STATE)
      (try! (leave-list (get list before) (get seq before)))
      (let ((next (merge before (merge (try! (place-due id (get lane before) clock at)) {clock: clock, at: at}))))
        (try! (save id PENDING next))
        (print (merge next {topic: "task-scheduled", id: id}))
        (ok true)))))

;; Takes the time of a scheduled task away: it is held until it is scheduled again.
(define-public (hold-open (owner principal) (id uint))
  (let ((before (try! (scheduled-state owner id)))
        (next (merge before {list: u0, seq: u0, clock: u0, at: u0})))
    (try! (leave-list (get list before) (get seq before)))
    (try! (save id PENDING next))
    (print (merge next {topic: "task-unscheduled", id: id}))
    (ok true)))

;; Cancels a task that waits for its time.
(define-public (cancel-for (owner principal) (id uint))
  (cancel owner id (try! (scheduled-state owner id))))

;; Moves up to `n` tasks whose instant has come into their lanes; returns how many.
(define-public (promote-due (clock uint) (now uint) (n uint))
  (begin
    (asserts! (is-eq contract-caller .task-scheduler) ERR_SCHEDULER_ONLY)
    (asserts! (and (> n u0) (<= n MAX_BATCH)) ERR_TOO_MANY)
    (fold count-ok (map enter-lane (try! (contract-call? .task-index promote clock now n))) (ok u0))))

;; --- Private: states
;; The only place that writes a state.
(define-private (save (id uint) (from uint) (next {status: uint, lane: uint, reward: uint, lease: uint,
    max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap: uint, attempts: uint,
    worker: (optional principal), slot: uint, claimed: uint, until: uint, list: uint, seq: uint, clock: uint, at: uint,
    stop: bool, code: uint, result: (buff 512), ended: uint}))
  (let ((mask (default-to u0 (element-at? LEGAL from))))
    (asserts! (is-eq u1 (bit-and u1 (bit-shift-right mask (get status next)))) ERR_STATE)
    (ok (map-set states id next))))

;; The state of a task that belongs to `owner`.
(define-private (owned-state (owner principal) (id uint))
  (let ((task (unwrap! (map-get? tasks id) ERR_UNKNOWN_TASK))
        (state (unwrap! (map-get? states id) ERR_UNKNOWN_TASK)))
    (asserts! (is-eq owner (get owner task)) ERR_NOT_OWNER)
    (ok state)))

;; The state of a task of `owner` that waits for its time, for the scheduler only.
(define-private (scheduled-state (owner principal) (id uint))
  (begin
    (asserts! (is-eq contract-caller .task-scheduler) ERR_SCHEDULER_ONLY)
    (let ((state (try! (owned-state owner id))))
      (asserts! (and (is-eq (get status state) PENDING) (> (get seq state) u0)) ERR_STATE)
      (ok state))))

;; The state of a task whose running attempt has this number and belongs to the caller.
(define-private (held-state (id uint) (attempt uint))
  (let ((state (unwrap! (map-get? states id) ERR_UNKNOWN_TASK)))
    (asserts! (is-eq (get status state) RUNNING) ERR_STATE)
    (asserts! (is-eq (get worker state) (some contract-caller)) ERR_NOT_HOLDER)
    (asserts! (is-eq (get attempts state) attempt) ERR_STALE_ATTEMPT)
    (ok state)))

;; --- Private: making and cancelling
(define-private (create (owner principal) (template uint) (data {priority: (optional uint), reward: uint,
    reward-min: (optional uint), deadline: (optional uint), hold: bool, tag: (optional (buff 16)),
    key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)})
    (when (optional {clock: uint, at: uint})))
  (begin
    (try! (contract-call? .coordinator-registry authorize owner ROLE_PRODUCER))
    (let ((id (+ (var-get last-id) u1))
          (config (try! (contract-call? .async-task-factory resolve template owner)))
          (priority (default-to (get priority config) (get priority data)))
          (task {
            owner: owner, template: template, version: (get version config), tag: (get tag data),
            deadline: (get deadline data), parents: (get parents data), lax: (get lax data), origin: none,
            payload: (get payload data), created: stacks-block-height
          }))
      (asserts! (<= priority (get max-priority config)) ERR_PRIORITY)
      (asserts! (>= (get reward data) (get min-reward config)) ERR_REWARD_TOO_LOW)
      (asserts! (and (is-none (get reward-min data)) (is-none (get deadline data)) (is-none (get tag data))
        (is-none (get key data)) (is-eq (+ (len (get parents data)) (len (get after-items data))) u0)
        (not (get lax data))) ERR_NOT_YET)
      (try! (collect (get reward data) owner))
      (let ((lane (+ (* (get queue config) LANES) priority))
            (state (merge NEW_STATE (merge (try! (place-new id lane (get hold data) when)) {
              lane: lane, reward: (get reward data), lease: (get lease config), max-lease: (get max-lease config),
              max-attempts: (get max-attempts config), delay: (get delay config), doubling: (get doubling config),
              cap: (get cap config)
            }))))
        (var-set last-id id)
        (map-set tasks id task)
        (try! (save id u0 state))
        (print (merge task (merge state {topic: "task-enqueued", id: id})))
        (ok id)))))

;; Where a new task goes: to its time if it has one, nowhere while it is held, else straight into its lane.
(define-private (place-new (id uint) (lane uint) (hold bool) (when (optional {clock: uint, at: uint})))
  (match when
    moment (ok (merge (try! (place-due id lane (get clock moment) (get at moment)))
      {status: PENDING, clock: (get clock moment), at: (get at moment)}))
    (ok (if hold
      {status: PENDING, clock: u0, at: u0, list: u0, seq: u0}
      {status: QUEUED, clock: u0, at: u0, list: lane,
        seq: (try! (contract-call? .task-index push-lane lane id))}))))

(define-private (place-due (id uint) (lane uint) (clock uint) (at uint))
  (begin
    (asserts! (< at MAX_INSTANT) ERR_TIME)
    (ok (unwrap!
      (element-at?
        (try! (contract-call? .task-index push-due (list (some {clock: clock, at: at, lane: lane, id: id})))) u0)
      ERR_TIME))))

(define-private (leave-list (list-key uint) (seq uint))
  (if (> seq u0) (contract-call? .task-index remove list-key seq) (ok true)))

(define-private (cancel (owner principal) (id uint) (before {status: uint, lane: uint, reward: uint, lease: uint,
    max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap: uint, attempts: uint,
    worker: (optional principal), slot: uint, claimed: uint, until: uint, list: uint, seq: uint, clock: uint, at: uint,
    stop: bool, code: uint, result: (buff 512), ended: uint}))
  (let ((next (merge before {status: CANCELLED, list: u0, seq: u0, ended: stacks-block-height})))
    (try! (save id (get status before) next))
    (try! (leave-list (get list before) (get seq before)))
    (try! (pay (get reward before) owner))
    (print (merge next {topic: "task-cancelled", id: id}))
    (ok true)))

;; --- Private: leases
(define-private (take (queue uint) (n uint) (class uint))
  (let ((now stacks-block-height)
        (ids (try! (contract-call? .task-index pop-lanes queue n)))
        (before (map state-or-new ids)))
    (asserts! (> (len ids) u0) ERR_EMPTY)
    (let ((slots (try! (contract-call? .coordinator-registry open-leases
        contract-caller ids (+ now (fold shorter-lease before MAX_HEARTBEAT)) class))))
      (try! (fold count-ok (map start-attempt ids before slots
        (list now now now now now now now now now now now now now now now now now now now now)) (ok u0)))
      (ok ids))))

(define-private (state-or-new (id uint)) (default-to NEW_STATE (map-get? states id)))

(define-private (shorter-lease (state {status: uint, lane: uint, reward: uint, lease: uint, max-lease: uint,
    max-attempts: uint, delay: uint, doubling: bool, cap: uint, attempts: uint, worker: (optional principal),
    slot: uint, claimed: uint, until: uint, list: uint, seq: uint, clock: uint, at: uint, stop: bool, code: uint,
    result: (buff 512), ended: uint}) (shortest uint))
  (min-of (get lease state) shortest))

(define-private (start-attempt (id uint) (before {status: uint, lane: uint, reward: uint, lease: uint, max-lease: uint,
    max-attempts: uint, delay: uint, doubling: bool, cap: uint, attempts: uint, worker: (optional principal),
    slot: uint, claimed: uint, until: uint, list: uint, seq: uint, clock: uint, at: uint, stop: bool, code: uint,
    result: (buff 512), ended: uint}) (slot uint) (now uint))
  (let ((next (merge before {
    status: RUNNING, attempts: (+ (get attempts before) u1), worker: (some contract-caller), slot: slot, claimed: now,
    until: (+ now (get lease before)), list: u0, seq: u0
  })))
    (try! (save id (get status before) next))
    (print (merge next {topic: "task-dequeued", id: id}))
    (ok true)))

;; The height of the attempt after this one, u0 when this was the last.
(define-private (next-attempt-at (state {status: uint, lane: uint, reward: uint, lease: uint, max-lease: uint,
    max-attempts: uint, delay: uint, doubling: bool, cap: uint, attempts: uint, worker: (optional principal),
    slot: uint, claimed: uint, until: uint, list: uint, seq: uint, clock: uint, at: uint, stop: bool, code: uint,
    result: (buff 512), ended: uint}) (now uint))
  (let ((exponent (if (get doubling state) (min-of MAX_EXPONENT (- (get attempts state) u1)) u0))
        (delay (min-of (get cap state) (* (get delay state) (pow u2 exponent)))))
    (if (or (get stop state) (>= (get attempts state) (get max-attempts state))) u0 (+ now delay))))

;; Takes a task on after an attempt without success: to its next attempt, or to its end with a refund.
(define-private (end-attempt (topic (string-ascii 16)) (id uint) (code uint) (next-at uint) (place {list: uint,
    seq: uint}) (now uint))
  (let ((task (unwrap! (map-get? tasks id) ERR_UNKNOWN_TASK))
        (before (unwrap! (map-get? states id) ERR_UNKNOWN_TASK))
        (is-over (is-eq next-at u0))
        (next (merge (merge before place) {
          status: (if is-over (if (get stop before) CANCELLED FAILED) RETRYING),
          code: code,
          clock: (if is-over (get clock before) STACKS_HEIGHT),
          at: (if is-over (get at before) next-at),
          ended: (if is-over now u0)
        })))
    (try! (save id (get status before) next))
    (if is-over (try! (pay (get reward before) (get owner task))) true)
    (print (merge next {topic: topic, id: id}))
    (ok next-at)))

(define-private (judge-reclaim (id uint) (acc {ids: (list 12 uint), now: uint,
    verdicts: (list 12 (response uint uint)), dues: (list 12 (optional {clock: uint, at: uint, lane: uint, id: uint})),
    losses: (list 12 (optional {worker: principal, slot: uint}))}))
  (let ((verdicts (get verdicts acc))
        (state (state-or-new id))
        ;; An id is judged once: where it is named again, it is refused.
        (is-first (is-eq (index-of? (get ids acc) id) (some (len verdicts))))
        (verdict (if (is-eq (get status state) u0) ERR_UNKNOWN_TASK
          (if (not (and is-first (is-eq (get status state) RUNNING))) ERR_STATE
            (if (< (get now acc) (get until state)) ERR_LEASE_LIVE
              (ok (next-attempt-at state (get now acc)))))))
        (next-at (match verdict at at refusal u0))
        (due {clock: STACKS_HEIGHT, at: next-at, lane: (get lane state), id: id})
        (loss (match (get worker state) worker (some {worker: worker, slot: (get slot state)}) none)))
    (merge acc {
      verdicts: (default-to verdicts (as-max-len? (append verdicts verdict) u12)),
      dues: (default-to (get dues acc) (as-max-len? (append (get dues acc)
        (if (> next-at u0) (some due) none)) u12)),
      losses: (default-to (get losses acc) (as-max-len? (append (get losses acc)
        (if (is-ok verdict) loss none)) u12))
    })))

(define-private (apply-reclaim (id uint) (verdict (response uint uint)) (place {list: uint, seq: uint}) (now uint))
  (match verdict
    next-at (end-attempt "task-reclaimed" id u0 next-at place now)
    refusal verdict))

(define-private (enter-lane (entry {id: uint, lane: uint, seq: uint}))
  (let ((id (get id entry))
        (before (unwrap! (map-get? states id) ERR_UNKNOWN_TASK))
        (next (merge before {status: QUEUED, list: (get lane entry), seq: (get seq entry)})))
    (try! (save id (get status before) next))
    (print (merge next {topic: "task-triggered", id: id}))
    (ok true)))

;; How many items were done; the first error if one was not, so that the whole call is undone.
(define-private (count-ok (result (response bool uint)) (count (response uint uint)))
  (ok (+ (try! count) (if (try! result) u1 u0))))

;; --- Private: money
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

(define-private (min-of (a uint) (b uint)) (if (< a b) a b))
