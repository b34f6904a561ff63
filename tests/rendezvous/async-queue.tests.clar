;; title: async-queue.tests
;; synopsis: what Rendezvous calls and checks in async-queue, behind whose source it stands
;; depends on: coordinator-registry, async-task-factory, task-index; the contract `actor`
;; who may call: Rendezvous
;; prints: nothing
;; limits: the census takes the first 4,096 tasks and 256 series

(use-trait actor .coordinator-registry.actor)

(define-constant PER_LEVEL (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15))
(define-constant ACCOUNTS (list
  'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5
  'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG 'ST2JHG361ZXG51QTKY2NQCVBPPRRE2KZB1HR05NNC
  'ST2NEB84ASENDXKYGJPQW86YXQCEFEX2ZQPG87ND 'ST2REHHS5J3CERCRBEPMGH7921Q6PYKAADT7JP2VB
  'ST3AM1A56AK2C1XAFJ4115ZSV26EB49BVQ10MGCS0 'ST3PF13W7Z0RRM42A8VZRVFQ75SV1K26RXEP8YGKJ
  'ST3NBRSFKX28FQ2ZJ1MAKX58HKHSDGNV5N7R21XCP .actor))
(define-constant DATA {priority: none, reward: u0, reward-min: none, deadline: none, hold: false, tag: none, key: none,
  parents: (list), after-items: (list), lax: false, payload: 0x})

;; --- Calls that fit the stage
(define-private (data-of (reward uint) (deadline uint))
  (merge DATA {reward: (mod reward u1000000),
    deadline: (if (is-eq (mod deadline u3) u0) (some (+ stacks-block-time u1 (mod deadline u20000))) none)}))

(define-public (enqueue-one (template uint) (reward uint) (deadline uint))
  (enqueue-task (+ (mod template u4) u1) (data-of reward deadline)))

(define-public (enqueue-several (template uint) (reward uint) (deadline uint))
  (let ((item (merge (data-of reward deadline) {template: (+ (mod template u2) u1)})))
    (enqueue-tasks
      (list item (merge item {hold: true}) (merge item {after-items: (list u0)}) (merge item {template: u0})))))

(define-public (dequeue-some (queue uint) (n uint)) (dequeue-from (* (mod queue u2) u2) (+ (mod n u3) u1)))

(define-public (claim-some (lane uint))
  (claim-tasks (get ids (contract-call? .task-index get-list-page (+ (* (mod lane u2) u32) u3) u0))))

(define-private (held-items)
  (map item-of (fold add-held
    (contract-call? .coordinator-registry get-leases contract-caller (list u0 u1 u2 u3 u4 u5 u6 u7)) (list))))
(define-private (add-held (lease (optional uint)) (ids (list 8 uint)))
  (match lease id (default-to ids (as-max-len? (append ids id) u8)) ids))
(define-private (item-of (id uint)) {id: id, attempt: (get attempts (state-of id)), result: 0x0102})

(define-public (complete-held)
  (let ((item (unwrap! (element-at? (held-items) u0) ERR_EMPTY)))
    (complete-task (get id item) (get attempt item) (get result item))))

(define-public (complete-all-held) (complete-tasks (held-items)))

;; --- What the actor does
(define-public (actor-enqueues (by <actor>) (kind uint) (reward uint)) (contract-call? by enqueue kind reward))
(define-public (actor-cancels (by <actor>) (n uint)) (contract-call? by cancel n u0))
(define-public (actor-tops-up (by <actor>) (n uint) (amount uint)) (contract-call? by top-up n amount))
(define-public (actor-prioritizes (by <actor>) (n uint) (priority uint)) (contract-call? by prioritize n priority))
(define-public (actor-requeues (by <actor>) (n uint) (reward uint)) (contract-call? by requeue n reward))
(define-public (actor-dequeues (by <actor>) (queue uint) (n uint)) (contract-call? by dequeue queue n))
(define-public (actor-settles (by <actor>) (n uint) (way uint)) (contract-call? by settle n way))
(define-public (actor-heartbeats (by <actor>) (n uint) (blocks uint)) (contract-call? by heartbeat n blocks))
(define-public (actor-reclaims (by <actor>) (n uint)) (contract-call? by reclaim n u0))
(define-public (actor-expires (by <actor>) (n uint)) (contract-call? by expire n u0))
(define-public (actor-releases-children (by <actor>) (n uint)) (contract-call? by release-children n u0))
(define-public (actor-schedules (by <actor>) (n uint) (delay uint)) (contract-call? by schedule n delay))
(define-public (actor-triggers (by <actor>) (clock uint) (n uint)) (contract-call? by trigger clock n))
(define-public (actor-creates-series (by <actor>) (template uint) (reward uint))
  (contract-call? by create-series template reward))
(define-public (actor-cancels-series (by <actor>) (n uint)) (contract-call? by cancel-series n u0))
(define-public (actor-executes (by <actor>) (n uint)) (contract-call? by execute n u0))

;; --- The census: one walk over all tasks
(define-private (count-tasks)
  (fold count-level PER_LEVEL {last: (contract-call? .async-task-factory get-last-id), id: u0, escrow: u0, queued: u0,
    leased: u0, are-known: true, are-paid: true, are-leased: true, are-placed: true}))

(define-private (count-level (turn uint) (acc {last: uint, id: uint, escrow: uint, queued: uint, leased: uint,
    are-known: bool, are-paid: bool, are-leased: bool, are-placed: bool}))
  (if (>= (get id acc) (get last acc)) acc (fold count-row PER_LEVEL acc)))

(define-private (count-row (turn uint) (acc {last: uint, id: uint, escrow: uint, queued: uint, leased: uint,
    are-known: bool, are-paid: bool, are-leased: bool, are-placed: bool}))
  (if (>= (get id acc) (get last acc)) acc (fold count-task PER_LEVEL acc)))

(define-private (count-task (turn uint) (acc {last: uint, id: uint, escrow: uint, queued: uint, leased: uint,
    are-known: bool, are-paid: bool, are-leased: bool, are-placed: bool}))
  (if (>= (get id acc) (get last acc))
    acc
    (let ((id (+ (get id acc) u1))
          (state (state-of id))
          (status (get status state))
          (is-leased (and (is-eq status RUNNING) (not (has-bit (get access state) ONCHAIN)))))
      (merge acc {
        id: id,
        escrow: (+ (get escrow acc) (get escrow state)),
        queued: (+ (get queued acc) (if (is-eq status QUEUED) u1 u0)),
        leased: (+ (get leased acc) (if is-leased u1 u0)),
        are-known: (and (get are-known acc) (>= status u1) (<= status EXPIRED)
          (<= (get attempts state) (get max-attempts state)) (is-eq (> (get gate state) u0) (is-eq status u1))),
        are-paid: (and (get are-paid acc)
          (if (>= status SUCCEEDED)
            (is-eq (get escrow state) u0)
            (>= (get escrow state) (* (get reward state) (get steps state))))
          (or (not is-leased) (and (<= (get price state) (get reward state))
            (>= (get price state) (min-of (get floor state) (get reward state)))))),
        are-leased: (and (get are-leased acc) (or (not is-leased) (and (is-some (get worker state))
          (> (get attempts state) u0) (< (get claimed state) (get until state))))),
        are-placed: (and (get are-placed acc) (is-eq (place-of state) (if (> (get seq state) u0) (get list state) u0)))
      }))))

;; The list of task-index in which a task stands, u0 for none.
(define-private (place-of (state {owner: principal, status: uint, gate: uint, lane: uint, access: uint,
    reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint, max-lease: uint, max-attempts: uint,
    delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint, attempts: uint, releases: uint, steps: uint,
    worker: (optional principal), bonded: bool, slot: uint, claimed: uint, until: uint, retry: uint, list: uint, seq:
    uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool, input: bool, stop: bool, code: uint,
    result: (buff 512), ended: uint}))
  (let ((status (get status state)))
    (if (is-eq status QUEUED)
      (get lane state)
      (if (is-eq status RETRYING)
        (+ (pow u2 u64) (get retry state))
        (if (is-eq (get gate state) AT_TIME)
          (+ (pow u2 u64) (* (get clock state) (pow u2 u40)) (get at state))
          ;; A failed task that was repeated is among the dead letters no more.
          (if (and (is-eq status u6) (> (get seq state) u0)) (+ u4096 (/ (get lane state) u16)) u0))))))

(define-private (add-credits (who principal) (sum uint)) (+ sum (get-credits who)))
(define-private (add-prepaid-row (row uint) (sum uint))
  (get sum (fold add-prepaid PER_LEVEL {row: row, sum: sum})))
(define-private (add-prepaid (column uint) (acc {row: uint, sum: uint}))
  (merge acc {sum: (+ (get sum acc) (get-prepaid (+ (* (get row acc) u16) column)))}))
(define-private (add-depths (queue uint) (sum uint)) (fold + (contract-call? .task-index get-depths queue) sum))
(define-private (add-leases (worker {worker: principal, mask: uint, oldest: uint}) (sum uint))
  (+ sum (get bits (fold add-bit PER_LEVEL {mask: (get mask worker), bits: u0}))))
(define-private (add-bit (slot uint) (acc {mask: uint, bits: uint}))
  {mask: (/ (get mask acc) u2), bits: (+ (get bits acc) (mod (get mask acc) u2))})

;; --- Invariants
;; The vault holds the escrows of tasks, what is prepaid and what is credited, and nothing else.
(define-read-only (invariant-vault-holds-what-it-owes)
  (let ((found (count-tasks))
        (owed (+ (get escrow found) (fold add-credits ACCOUNTS u0) (fold add-prepaid-row PER_LEVEL u0)))
        (held (stx-get-balance current-contract)))
    (if (is-eq (get id found) (get last found)) (is-eq held owed) (>= held owed))))

;; A task that has ended has no escrow; any other has the rewards of its steps, and the price of a running attempt is
;; between the least reward and the reward; the trigger's share may leave the reward below the least one.
(define-read-only (invariant-escrow-pays-what-is-left) (get are-paid (count-tasks)))

;; Every task has a legal status, a gate exactly while it is pending, and no more attempts than it may have.
(define-read-only (invariant-states-are-legal) (get are-known (count-tasks)))

;; A running task has a worker, an attempt and a lease, and the workers hold as many leases as there are such tasks.
(define-read-only (invariant-running-tasks-are-leased)
  (let ((found (count-tasks)))
    (and (get are-leased found) (or (< (get id found) (get last found))
      (is-eq (get leased found) (fold add-leases (get busy (contract-call? .coordinator-registry get-busy u0)) u0))))))

;; A task stands in the list that its state calls for, and the lanes hold as many as are queued.
(define-read-only (invariant-lanes-hold-queued-tasks)
  (let ((found (count-tasks)))
    (and (get are-placed found) (or (< (get id found) (get last found))
      (is-eq (get queued found) (fold add-depths (list u0 u1 u2) u0))))))

;; The entry at the place that a state names is the task.
(define-read-only (invariant-place-holds-its-task (n uint))
  (let ((last (contract-call? .async-task-factory get-last-id))
        (id (if (is-eq last u0) u0 (- last (mod n last))))
        (state (state-of id)))
    (or (is-eq (get seq state) u0) (is-eq (some id) (element-at?
      (get ids (contract-call? .task-index get-list-page (get list state) (get seq state))) u0)))))

;; No id that was not given out has a state.
(define-read-only (invariant-no-task-is-unknown (n uint))
  (is-none (map-get? states (+ (contract-call? .async-task-factory get-last-id) n u1))))
