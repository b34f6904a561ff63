;; title: task-control
;; synopsis: all that happens to a task off its straight way: it fails, is given back, cancelled, moved, or set free
;; depends on: coordinator-registry, async-task-factory, task-index, async-queue
;; who may call: owners change their tasks, workers fail, extend and give back theirs, anyone reclaims, expires and
;;   releases children; task-scheduler and task-topics the rest
;; prints: task-progressed; async-queue prints each task that changes
;; limits: a call cancels, expires or reclaims 12 tasks, and sees to 8 children
;;
;; Each call judges tasks by their present states, which changes nothing, and has async-queue carry out what it found:
;; a *change* is the next state of a task with the move that leads there.

;; --- Errors
(define-constant ERR_SCHEDULER_ONLY (err u1230)) ;; only the task-scheduler contract may call this
(define-constant ERR_UNKNOWN_TASK (err u1231)) ;; no task has this id
(define-constant ERR_PRIORITY (err u1232)) ;; the priority is above the most urgent one the template allows
(define-constant ERR_NOT_HOLDER (err u1233)) ;; the running attempt belongs to another worker
(define-constant ERR_STATE (err u1234)) ;; the task is not in a state that allows this
(define-constant ERR_NOT_OWNER (err u1235)) ;; only the owner of the task may do this
(define-constant ERR_TIME (err u1236)) ;; the instant or number of blocks is outside what can be kept
(define-constant ERR_STALE_ATTEMPT (err u1237)) ;; the attempt is not the one that is running
(define-constant ERR_LEASE_LIVE (err u1238)) ;; the lease has not ended yet
(define-constant ERR_TOO_MANY (err u1239)) ;; the number asked for is not between 1 and the most a call takes
(define-constant ERR_TWICE (err u1240)) ;; a task is named twice in one call
(define-constant ERR_SERIES_OWNED (err u1241)) ;; an occurrence that is held changes only with its series
(define-constant ERR_NOT_LATE (err u1242)) ;; the task has no deadline that has passed
(define-constant ERR_AMOUNT (err u1243)) ;; the amount is nothing, or more than there is
(define-constant ERR_KIND (err u1244)) ;; on-chain work is executed, not failed or given back by hand

;; --- Constants
(define-constant PENDING u1)
(define-constant QUEUED u2)
(define-constant RUNNING u3)
(define-constant RETRYING u4)
(define-constant SUCCEEDED u5)
(define-constant FAILED u6)
(define-constant CANCELLED u7)
(define-constant EXPIRED u8)
(define-constant ROLE_PRODUCER u1)
(define-constant MAY_ENQUEUE u1)
(define-constant AT_HOLD u1)
(define-constant AT_PARENTS u2)
(define-constant AT_TIME u3)
(define-constant INTO_LANE u1)
(define-constant INTO_DUE u2)
(define-constant INTO_DEAD_LETTERS u3)
(define-constant STACKS_HEIGHT u0) ;; the clock of leases and retries
(define-constant ONCHAIN u1) ;; bit of `access`
(define-constant LANES u16)
(define-constant MAX_INSTANT (pow u2 u35))
(define-constant NEVER (pow u2 u64)) ;; Unix seconds
(define-constant MAX_AMOUNT (pow u10 u16)) ;; uSTX, more than there are
(define-constant MAX_WAKES u8)
(define-constant MAX_HEARTBEAT u4000) ;; Stacks blocks
(define-constant MAX_EXPONENT u16)
(define-constant FREE_RELEASES u3)
(define-constant PARENT_FAILED u1209) ;; code of a child cancelled because a parent did not succeed
;; What a judge is asked. Up to REQUEUE it takes the owner, and up to UNSCHEDULE not a held occurrence.
(define-constant CANCEL u1)
(define-constant PRIORITIZE u2)
(define-constant CANCEL_SCHEDULED u3)
(define-constant UNSCHEDULE u4)
(define-constant CANCEL_OCCURRENCE u5)
(define-constant REQUEUE u6)
(define-constant EXPIRE u7)
(define-constant RECLAIM u8)
(define-constant FAIL u9)
(define-constant FAIL_FOR_GOOD u10)
(define-constant RELEASE u11)
(define-constant NOT_READY u12)
(define-constant DEFER u13)
(define-constant NO_STATE {owner: current-contract, status: u0, gate: u0, lane: u0, access: u0, reward: u0, floor: u0,
  ramp: u0, price: u0, escrow: u0, lease: u0, max-lease: u0, max-attempts: u0, delay: u0, doubling: false, cap: u0,
  ttl: u0, expires: u0, attempts: u0, releases: u0, steps: u0, worker: none, bonded: false, slot: u0, claimed: u0,
  until: u0, retry: u0, list: u0, seq: u0, clock: u0, at: u0, series: u0, watched: false, shared: false, input: false,
  stop: false, code: u0, result: 0x, ended: u0})

;; --- Data
(define-map inputs uint (buff 1024)) ;; in place of the payload: what a topic published or the last step left

;; --- Read-only
(define-read-only (get-input (id uint)) (map-get? inputs id))

;; --- Public: owners
;; Ends a task that is not running, with a refund. While it runs: asks that this attempt be the last; completing it
;; still pays.
(define-public (cancel-task (id uint))
  (begin (try! (change-one id CANCEL contract-caller u0 u0)) (ok true)))

;; The same for up to 12 tasks; each answers the status that it has then.
(define-public (cancel-tasks (ids (list 12 uint)))
  (carry-out (try! (judge-all ids CANCEL))))

;; Puts a task that is not running into another lane, at the end.
(define-public (set-priority (id uint) (priority uint))
  (let ((task (unwrap! (contract-call? .async-task-factory get-task id) ERR_UNKNOWN_TASK))
        (config (contract-call? .async-task-factory get-config (get template task) (get version task))))
    (asserts! (<= priority (default-to u0 (get max-priority config))) ERR_PRIORITY)
    (try! (change-one id PRIORITIZE contract-caller u0 priority))
    (ok true)))

;; Adds `amount` uSTX to the reward of each step that is left; returns the new reward.
(define-public (top-up-task (id uint) (amount uint))
  (let ((state (unwrap! (contract-call? .async-queue get-state id) ERR_UNKNOWN_TASK))
        (added (mod amount MAX_AMOUNT))
        (cost (* added (get steps state)))
        (reward (+ (get reward state) added))
        (next (merge state {reward: reward, escrow: (+ (get escrow state) cost),
          floor: (if (is-eq (get floor state) (get reward state)) reward (get floor state))})))
    (asserts! (is-eq contract-caller (get owner state)) ERR_NOT_OWNER)
    (asserts! (and (> added u0) (is-eq added amount)) ERR_AMOUNT)
    (asserts! (is-idle (get status state)) ERR_STATE)
    (try! (contract-call? .async-queue transact
      (list (ok (merge (still id) {topic: "task-topped-up", to: (get status state)}))) (list next)
      contract-caller cost contract-caller u0))
    (ok reward)))

;; Makes a new task like one that failed, which leaves the dead letters of its queue.
(define-public (requeue-task (id uint) (reward uint))
  (let ((lane (get lane (unwrap! (contract-call? .async-queue get-state id) ERR_UNKNOWN_TASK)))
        (task (unwrap! (contract-call? .async-task-factory get-task id) ERR_UNKNOWN_TASK)))
    (try! (change-one id REQUEUE contract-caller u0 u0))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PRODUCER MAY_ENQUEUE))
    (first-of (try! (contract-call? .async-queue enqueue-for (list {owner: contract-caller, series: u0, clock: u0,
      at: u0, template: (get template task), origin: (some id), priority: (some (mod lane LANES)), reward: reward,
      reward-min: none, deadline: none, hold: false, tag: (get tag task), key: none, parents: (list),
      after-items: (list), lax: false, payload: (get payload task)}))))))

;; --- Public: workers
;; Extends the caller's lease to `blocks` from now, at most to the template's bound; never shortens it.
(define-public (heartbeat-task (id uint) (attempt uint) (blocks uint) (progress (buff 32)))
  (let ((state (try! (held-state id attempt)))
        (wanted (min-of (+ (get claimed state) (get max-lease state))
          (+ stacks-block-height (min-of blocks MAX_HEARTBEAT))))
        (until (if (> wanted (get until state)) wanted (get until state))))
    (asserts! (and (> blocks u0) (<= blocks MAX_HEARTBEAT)) ERR_TIME)
    (try! (contract-call? .async-queue transact
      (list (ok (merge (still id) {topic: "task-heartbeat", to: RUNNING}))) (list (merge state {until: until}))
      contract-caller u0 contract-caller u0))
    (print {topic: "task-progressed", id: id, attempt: attempt, progress: progress})
    (ok until)))

;; Ends the caller's attempt without success; returns the height of the next one, u0 when there is none. On the word of
;; a bonded worker alone no task is given up that has attempts left.
(define-public (fail-task (id uint) (attempt uint) (code uint) (retryable bool))
  (let ((state (try! (held-state id attempt))))
    (try! (contract-call? .coordinator-registry close-leases contract-caller (list (get slot state)) u0 u1 u0))
    (change-one id (if (or retryable (get bonded state)) FAIL FAIL_FOR_GOOD) contract-caller code u0)))

;; Gives the caller's lease back; the first three times it costs the task no attempt.
(define-public (release-task (id uint) (attempt uint))
  (let ((state (try! (held-state id attempt))))
    (try! (contract-call? .coordinator-registry close-leases contract-caller (list (get slot state)) u0 u0 u0))
    (try! (change-one id RELEASE contract-caller (get code state) u0))
    (ok true)))

;; --- Public: anyone
;; Ends attempts whose lease has ended; each answers the height of its next attempt, u0 when there is none.
(define-public (reclaim-leases (ids (list 12 uint)))
  (let ((changes (try! (judge-all ids RECLAIM))))
    (try! (contract-call? .coordinator-registry lose-leases (map loss-of (map next-in changes)) contract-caller))
    (carry-out changes)))

;; Ends tasks whose deadline passed before they were begun, with a refund.
(define-public (expire-tasks (ids (list 12 uint)))
  (carry-out (try! (judge-all ids EXPIRE))))

;; Sees to up to `n` children whose parent has ended; returns to how many.
(define-public (release-children (n uint))
  (begin (asserts! (and (> n u0) (<= n MAX_WAKES)) ERR_TOO_MANY) (wake n)))

;; --- Public: task-scheduler
;; Gives a task that is held, or that waits for its time, this time.
(define-public (hold-until (owner principal) (id uint) (clock uint) (at uint))
  (let ((state (unwrap! (contract-call? .async-queue get-state id) ERR_UNKNOWN_TASK)))
    (try! (assert-scheduler))
    (asserts! (is-eq owner (get owner state)) ERR_NOT_OWNER)
    (asserts! (not (is-link (get series state) (get status state) (get claimed state))) ERR_SERIES_OWNED)
    (asserts! (< at MAX_INSTANT) ERR_TIME)
    (try! (first-of (try! (open-holds (list {id: id, from: u0, clock: clock, at: at})))))
    (ok true)))

;; Takes the time of a scheduled task away: it is held until it is scheduled again.
(define-public (hold-open (owner principal) (id uint))
  (begin (try! (assert-scheduler)) (try! (change-one id UNSCHEDULE owner u0 u0)) (ok true)))

;; Cancels a task that waits for its time.
(define-public (cancel-for (owner principal) (id uint))
  (begin (try! (assert-scheduler)) (try! (change-one id CANCEL_SCHEDULED owner u0 u0)) (ok true)))

;; Ends the held occurrence of a series of `owner` with a refund.
(define-public (cancel-occurrence (owner principal) (id uint))
  (begin (try! (assert-scheduler)) (try! (change-one id CANCEL_OCCURRENCE owner u0 u0)) (ok true)))

;; Puts occurrences off to another instant of their clock.
(define-public (defer (items (list 7 {id: uint, at: uint})))
  (begin
    (try! (assert-scheduler))
    (let ((ids (map id-of items)))
      (carry-out (map judge ids (contract-call? .async-queue get-states ids) (map ask-of items))))))

;; Opens the hold of tasks and gives them an input.
(define-public (release-held (items (list 6 {id: uint, input: (buff 1024)})))
  (begin
    (try! (assert-scheduler))
    (let ((results (try! (open-holds (map hold-of items)))))
      (map keep-input items results)
      (ok results))))

;; Ends an attempt that begin-execution began without success: FAIL, FAIL_FOR_GOOD or NOT_READY.
(define-public (fail-execution (id uint) (verdict uint) (code uint))
  (begin (try! (assert-scheduler)) (change-one id verdict contract-caller code u0)))

;; Pays `executor` for a step and lets the task wait for the next one; answers none when no step is left for it.
(define-public (continue-execution (id uint) (executor principal) (clock uint) (at uint) (result (buff 512))
    (payload (buff 1024)))
  (let ((state (unwrap! (contract-call? .async-queue get-state id) ERR_UNKNOWN_TASK)))
    (try! (assert-scheduler))
    (asserts! (and (is-eq (get status state) RUNNING) (is-eq (get worker state) (some executor))) ERR_STATE)
    (if (or (<= (get steps state) u1) (get stop state))
      (ok none)
      (let ((price (get price state))
            (next (merge state {status: PENDING, gate: AT_TIME, steps: (- (get steps state) u1), attempts: u0, price: u0,
              result: result, code: u0, escrow: (- (get escrow state) price), clock: clock, at: at, expires: u0,
              input: true})))
        (map-set inputs id payload)
        (try! (contract-call? .coordinator-registry close-leases executor (list) u1 u0 price))
        (try! (contract-call? .async-queue transact
          (list (ok (merge (still id) {topic: "task-continued", to: PENDING, into: INTO_DUE, lane: (get lane state),
            clock: clock, at: at}))) (list next) executor u0 executor price))
        (ok (some price))))))

;; --- Private: judging
(define-private (is-idle (status uint)) (or (is-eq status PENDING) (is-eq status QUEUED) (is-eq status RETRYING)))
(define-private (min-of (a uint) (b uint)) (if (< a b) a b))
(define-private (assert-scheduler)
  (ok (asserts! (or (is-eq contract-caller .task-scheduler) (is-eq contract-caller .task-topics)) ERR_SCHEDULER_ONLY)))
;; The held occurrence that carries its series on.
(define-private (is-link (series uint) (status uint) (claimed uint))
  (and (> series u0) (is-eq status PENDING) (is-eq claimed u0)))

;; A move that leaves a task where it is.
(define-private (still (id uint))
  {id: id, topic: "", to: u0, answer: u0, list: u0, seq: u0, into: u0, lane: u0, clock: u0, at: u0, series: u0,
    watch: u0, watched: false, credit: false})

(define-private (held-state (id uint) (attempt uint))
  (let ((state (unwrap! (contract-call? .async-queue get-state id) ERR_UNKNOWN_TASK)))
    (asserts! (is-eq (get status state) RUNNING) ERR_STATE)
    (asserts! (is-eq (bit-and (get access state) ONCHAIN) u0) ERR_KIND)
    (asserts! (is-eq (get worker state) (some contract-caller)) ERR_NOT_HOLDER)
    (asserts! (is-eq (get attempts state) attempt) ERR_STALE_ATTEMPT)
    (ok state)))

(define-private (change-one (id uint) (change uint) (by principal) (code uint) (at uint))
  (let ((state (unwrap! (contract-call? .async-queue get-state id) ERR_UNKNOWN_TASK))
        (found (try! (judge id state {by: by, change: change, now: stacks-block-height, code: code, at: at})))
        (answers (try! (contract-call? .async-queue transact (list (ok (get move found))) (list (get next found))
          by u0 by u0))))
    (if (and (get watched state) (>= (get status (get next found)) SUCCEEDED)) (try! (wake MAX_WAKES)) u0)
    (first-of answers)))
(define-private (first-of (answers (list 20 (response uint uint)))) (unwrap! (element-at? answers u0) ERR_STATE))

(define-private (judge-all (ids (list 12 uint)) (change uint))
  (let ((ask {by: contract-caller, change: change, now: stacks-block-height, code: u0, at: u0}))
    (asserts! (> (len ids) u0) ERR_TOO_MANY)
    (asserts! (is-eq (len ids) (len (fold add-distinct ids (list)))) ERR_TWICE)
    (ok (map judge ids (contract-call? .async-queue get-states ids)
      (list ask ask ask ask ask ask ask ask ask ask ask ask)))))

(define-private (add-distinct (id uint) (ids (list 12 uint)))
  (if (is-some (index-of? ids id)) ids (default-to ids (as-max-len? (append ids id) u12))))

(define-private (carry-out (changes (list 20 (response {move: {id: uint, topic: (string-ascii 20), to: uint,
    answer: uint, list: uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint,
    watched: bool, credit: bool}, next: {owner: principal, status: uint, gate: uint, lane: uint, access: uint, reward:
    uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint, delay:
    uint, doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint, worker:
    (optional principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq: uint,
    clock: uint, at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint, result:
    (buff 512), ended: uint}} uint))))
  (contract-call? .async-queue transact (map move-in changes) (map next-in changes)
    contract-caller u0 contract-caller u0))

(define-private (move-in (change (response {move: {id: uint, topic: (string-ascii 20), to: uint, answer: uint,
    list: uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool,
    credit: bool}, next: {owner: principal, status: uint, gate: uint, lane: uint, access: uint, reward: uint, floor:
    uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint, delay: uint,
    doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint, worker: (optional
    principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq: uint, clock: uint,
    at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint, result: (buff 512),
    ended: uint}} uint))) (ok (get move (try! change))))

;; A refused change has no next state; async-queue does not look at the one that stands here.
(define-private (next-in (change (response {move: {id: uint, topic: (string-ascii 20), to: uint, answer: uint,
    list: uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool,
    credit: bool}, next: {owner: principal, status: uint, gate: uint, lane: uint, access: uint, reward: uint, floor:
    uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint, delay: uint,
    doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint, worker: (optional
    principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq: uint, clock: uint,
    at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint, result: (buff 512),
    ended: uint}} uint)))
  (match change found (get next found) refusal NO_STATE))

;; What an owner, the clock or the scheduler may do to a task, and how an attempt ends without success.
(define-private (judge (id uint) (state {owner: principal, status: uint, gate: uint, lane: uint, access: uint,
    reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint,
    delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint,
    worker: (optional principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq:
    uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint,
    result: (buff 512), ended: uint}) (ask {by: principal, change: uint, now: uint, code: uint, at: uint}))
  (let ((status (get status state))
        (change (get change ask))
        (is-held (is-link (get series state) status (get claimed state)))
        (move (merge (still id) {to: status, answer: status, list: (get list state), seq: (get seq state),
          lane: (get lane state), clock: (get clock state), at: (get at state), watched: (get watched state),
          series: (if is-held (get series state) u0)}))
        (out (merge state {list: u0, seq: u0}))
        (over (merge out {gate: u0, ended: (get now ask)})))
    (asserts! (> status u0) ERR_UNKNOWN_TASK)
    (asserts! (or (>= change EXPIRE) (is-eq (get by ask) (get owner state))) ERR_NOT_OWNER)
    (asserts! (or (not is-held) (>= change CANCEL_OCCURRENCE)) ERR_SERIES_OWNED)
    (if (is-eq change CANCEL)
      (begin
        (asserts! (or (is-idle status) (and (is-eq status RUNNING) (not (get stop state)))) ERR_STATE)
        (ok (if (is-eq status RUNNING)
          {move: (merge move {topic: "task-stop-asked"}), next: (merge state {stop: true})}
          {move: (merge move {topic: "task-cancelled", to: CANCELLED, answer: CANCELLED}),
            next: (merge over {status: CANCELLED})})))
    (if (is-eq change PRIORITIZE)
      (let ((lane (+ (* (/ (get lane state) LANES) LANES) (get at ask)))
            (is-retrying (is-eq status RETRYING)))
        (asserts! (is-idle status) ERR_STATE)
        (ok {move: (merge move {topic: "task-prioritized", lane: lane,
            into: (if (is-eq status QUEUED) INTO_LANE (if (> (get seq state) u0) INTO_DUE u0)),
            clock: (if is-retrying STACKS_HEIGHT (get clock state)),
            at: (if is-retrying (get retry state) (get at state))}),
          next: (merge out {lane: lane})}))
    (if (is-eq change REQUEUE)
      (begin
        (asserts! (and (is-eq status FAILED) (> (get seq state) u0)) ERR_STATE)
        (ok {move: (merge move {topic: "task-requeued"}), next: out}))
    (if (<= change CANCEL_OCCURRENCE)
      (begin
        (asserts! (and (is-eq status PENDING) (is-eq (get gate state) AT_TIME)) ERR_STATE)
        (asserts! (or is-held (< change CANCEL_OCCURRENCE)) ERR_STATE)
        (ok (if (is-eq change UNSCHEDULE)
          {move: (merge move {topic: "task-unscheduled"}), next: (merge out {gate: AT_HOLD, clock: u0, at: u0})}
          {move: (merge move {topic: "task-cancelled", to: CANCELLED}), next: (merge over {status: CANCELLED})})))
    (if (is-eq change EXPIRE)
      (begin
        (asserts! (is-idle status) ERR_STATE)
        (asserts! (and (> (get expires state) u0) (>= stacks-block-time (get expires state))) ERR_NOT_LATE)
        (ok {move: (merge move {topic: "task-expired", to: EXPIRED, answer: EXPIRED}),
          next: (merge over {status: EXPIRED})}))
    (if (is-eq change DEFER)
      (begin
        (asserts! (and (> (get series state) u0) (or (is-eq status PENDING) (is-eq status QUEUED))) ERR_STATE)
        (ok {move: (merge move {topic: "task-deferred", to: PENDING, into: INTO_DUE, at: (get at ask),
            series: (get series state)}),
          next: (merge out {status: PENDING, gate: AT_TIME, at: (get at ask), expires: u0})}))
      (begin
        (asserts! (is-eq status RUNNING) ERR_STATE)
        (asserts! (or (not (is-eq change RECLAIM)) (>= (get now ask) (get until state))) ERR_LEASE_LIVE)
        (let ((attempts (get attempts state))
              (doublings (if (get doubling state) (min-of MAX_EXPONENT (- attempts u1)) u0))
              (retry (+ (get now ask) (min-of (get cap state) (* (get delay state) (pow u2 doublings)))))
              (is-release (is-eq change RELEASE))
              (is-free (and is-release (< (get releases state) FREE_RELEASES)))
              ;; The number of an attempt is never used twice: a release that costs none raises the most there may be.
              (most (+ (get max-attempts state) (if is-free u1 u0)))
              (said (merge move {answer: u0, topic: (if (is-eq change RECLAIM) "task-reclaimed" (if is-release
                "task-released" (if (is-eq change NOT_READY) "task-not-ready" "task-failed")))}))
              (tried (merge over {code: (get code ask), max-attempts: most,
                releases: (+ (get releases state) (if is-release u1 u0)),
                attempts: (if (is-eq change NOT_READY) (- attempts u1) attempts)})))
          (ok (if (get stop state)
            {move: (merge said {to: CANCELLED}), next: (merge tried {status: CANCELLED})}
            (if (or (is-eq change FAIL_FOR_GOOD) (>= (get attempts tried) most))
              {move: (merge said {to: FAILED, into: INTO_DEAD_LETTERS}), next: (merge tried {status: FAILED})}
              {move: (merge said {to: RETRYING, answer: retry, into: INTO_DUE, clock: STACKS_HEIGHT, at: retry}),
                next: (merge tried {status: RETRYING, retry: retry, ended: u0})})))))))))))))

(define-private (loss-of (lost {owner: principal, status: uint, gate: uint, lane: uint, access: uint, reward: uint,
    floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint, delay: uint,
    doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint, worker: (optional
    principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq: uint, clock: uint,
    at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint, result: (buff 512),
    ended: uint}))
  (match (get worker lost)
    worker (some {worker: worker, slot: (get slot lost), claimed: (get claimed lost), reward: (get price lost)})
    none))

(define-private (id-of (item {id: uint, at: uint})) (get id item))
(define-private (ask-of (item {id: uint, at: uint}))
  {by: contract-caller, change: DEFER, now: u0, code: u0, at: (get at item)})

;; --- Private: gates
;; Sees to children whose parent has ended; returns to how many.
(define-private (wake (n uint))
  (let ((children (try! (contract-call? .async-queue take-children n))))
    (and (> (len children) u0) (> (len (try! (carry-out (map next-gate (map unblocked children)
      (contract-call? .async-queue get-states children) (contract-call? .async-queue get-families children))))) u0))
    (ok (len children))))

(define-private (open-holds (holds (list 7 {id: uint, from: uint, clock: uint, at: uint})))
  (let ((ids (map hold-id holds)))
    (carry-out (map next-gate holds (contract-call? .async-queue get-states ids)
      (contract-call? .async-queue get-families ids)))))
(define-private (hold-id (hold {id: uint, from: uint, clock: uint, at: uint})) (get id hold))
(define-private (hold-of (item {id: uint, input: (buff 1024)}))
  {id: (get id item), from: AT_HOLD, clock: u0, at: u0})
(define-private (keep-input (item {id: uint, input: (buff 1024)}) (result (response uint uint)))
  (and (is-ok result) (map-set inputs (get id item) (get input item))))
(define-private (unblocked (id uint)) {id: id, from: AT_PARENTS, clock: u0, at: u0})

;; Where a pending task goes whose hold is open or one of whose parents has ended: to its next parent, its time or its
;; lane; it is cancelled if a parent did not succeed and it does not run all the same.
(define-private (next-gate (hold {id: uint, from: uint, clock: uint, at: uint}) (state
    {owner: principal, status: uint, gate: uint, lane: uint, access: uint, reward: uint, floor: uint, ramp: uint,
    price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap:
    uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint, worker: (optional principal), bonded:
    bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq: uint, clock: uint, at: uint, series:
    uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint, result: (buff 512), ended: uint}) (family
    {owner: principal, lax: bool, watch: uint, broken: bool, alien: bool}))
  (let ((is-child (is-eq (get from hold) AT_PARENTS)) ;; it has its time already
        (clock (if is-child (get clock state) (get clock hold)))
        (at (if is-child (get at state) (get at hold)))
        (now (if (is-eq clock u0) stacks-block-height (if (is-eq clock u1) burn-block-height stacks-block-time)))
        (topic (if (is-eq (get from hold) u0) "task-scheduled" "task-unblocked"))
        (move (merge (still (get id hold)) {topic: topic, to: PENDING, list: (get list state), seq: (get seq state),
          lane: (get lane state), clock: clock, at: at, watched: (get watched state)}))
        (has-input (or (get input state) (is-eq (get from hold) AT_HOLD)))
        (next (merge state {list: u0, seq: u0, clock: clock, at: at, input: has-input}))
        ;; A child whose time is set while it waits for a parent goes on waiting.
        (watch (if (and (is-eq (get gate state) AT_PARENTS) (is-eq (get from hold) u0)) u0 (get watch family))))
    (asserts! (and (is-eq (get status state) PENDING)
      (or (is-eq (get from hold) u0) (is-eq (get from hold) (get gate state)))) ERR_STATE)
    (ok (if (get broken family)
      {move: (merge move {topic: "task-cancelled", to: CANCELLED, credit: true}),
        next: (merge next {status: CANCELLED, gate: u0, code: PARENT_FAILED, ended: stacks-block-height})}
    (if (> (get watch family) u0)
      {move: (merge move {watch: watch}), next: (merge next {gate: AT_PARENTS})}
    (if (> at now)
      {move: (merge move {into: INTO_DUE}), next: (merge next {gate: AT_TIME})}
      {move: (merge move {to: QUEUED, into: INTO_LANE}), next: (merge next {status: QUEUED, gate: u0, ttl: u0,
        at: (if (is-eq at u0) stacks-block-height at), expires: (if (is-eq (get ttl state) u0)
          (get expires state)
          (min-of (+ stacks-block-time (get ttl state)) (if (is-eq (get expires state) u0) NEVER (get expires state))))
      })}))))))
