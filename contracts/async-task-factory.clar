;; title: async-task-factory
;; synopsis: what a task is: task types, queues, versioned templates, and the tasks made from them
;; depends on: coordinator-registry
;; who may call: template managers make types and templates, a template's owner changes it, admins make queues;
;;   async-queue alone makes tasks
;; prints: task-type-created, queue-created, task-template-created, task-template-updated, task-template-activated,
;;   task-template-deactivated, task-template-transferred, task-made with what was asked for
;; limits: 128 queues; 20 tasks a call

;; --- Errors
(define-constant ERR_NOT_OWNER (err u1100)) ;; only the owner of the template may do this
(define-constant ERR_UNKNOWN_TEMPLATE (err u1101)) ;; no template has this id
(define-constant ERR_INACTIVE (err u1102)) ;; the template's owner has deactivated it
(define-constant ERR_BAD_CONFIG (err u1103)) ;; a field of the config is outside its bounds
(define-constant ERR_UNKNOWN_TYPE (err u1104)) ;; no task type has this id
(define-constant ERR_UNKNOWN_QUEUE (err u1105)) ;; no queue has this id
(define-constant ERR_KIND_MISMATCH (err u1106)) ;; on-chain queues take a handler and many steps, others neither
(define-constant ERR_NAME_TAKEN (err u1107)) ;; another queue has this name
(define-constant ERR_NOT_ALLOWED (err u1108)) ;; the template is not open and the caller is not its owner
(define-constant ERR_HANDLER_HASH (err u1110)) ;; the code of the handler is not the one the config pins
(define-constant ERR_QUEUE_ONLY (err u1111)) ;; only the async-queue contract may call this
(define-constant ERR_PRIORITY (err u1112)) ;; the priority is above the most urgent one the template allows
(define-constant ERR_REWARD_TOO_LOW (err u1113)) ;; the least reward is below the template's, or above the reward
(define-constant ERR_INSUFFICIENT (err u1114)) ;; the reward is more than there is, or than is prepaid for the series
(define-constant ERR_TIME (err u1115)) ;; the instant is outside what can be kept
(define-constant ERR_DEADLINE (err u1116)) ;; the deadline has passed
(define-constant ERR_PARENT (err u1117)) ;; a parent is unknown, another's or did not succeed; more than 8, or 40 a call

;; --- Constants
(define-constant ROLE_TEMPLATE_MANAGER u4)
(define-constant ROLE_ADMIN u32)
(define-constant MANAGE u64) ;; the activity that an admin may pause

(define-constant KIND_OFFCHAIN u0)
(define-constant KIND_ONCHAIN u1)
(define-constant CLASS_GRANTED u0)
(define-constant CLASS_BONDED u1)
(define-constant ACCESS_ONCHAIN u1)
(define-constant ACCESS_BONDED u2)
(define-constant ACCESS_STRICT u4)
(define-constant MAX_QUEUES u128)
(define-constant MAX_GUARD u1000)
(define-constant MAX_PRIORITY u15)
(define-constant MAX_ATTEMPTS u20)
(define-constant MIN_LEASE u12) ;; Stacks blocks
(define-constant MAX_LEASE u4000)
(define-constant MAX_LEASE_TOTAL u40000)
;; Blocks. With it the largest back-off, delay * 2^16, is far from overflowing and the instant far inside the index.
(define-constant MAX_RETRY_CAP u1000000)
(define-constant MAX_TTL u315360000) ;; seconds: ten years
(define-constant MAX_RAMP u1000000) ;; blocks
(define-constant MAX_STEPS u100)
(define-constant MAX_MIN_REWARD u1000000000000000) ;; uSTX; with all its steps far from overflowing

(define-constant PENDING u1)
(define-constant QUEUED u2)
(define-constant AT_HOLD u1)
(define-constant AT_PARENTS u2)
(define-constant AT_TIME u3)
(define-constant INTO_LANE u1)
(define-constant INTO_DUE u2)
(define-constant LANES u16)
(define-constant MAX_PARENTS u40) ;; in one call
(define-constant MAX_INSTANT (pow u2 u35))
(define-constant MAX_REWARD (pow u10 u16)) ;; uSTX, more than there are
(define-constant NO_MOVE {id: u0, topic: "", to: u0, answer: u0, list: u0, seq: u0, into: u0, lane: u0, clock: u0,
  at: u0, series: u0, watch: u0, watched: false, credit: false})
(define-constant NO_STATE {owner: current-contract, status: u0, gate: u0, lane: u0, access: u0, reward: u0, floor: u0,
  ramp: u0, price: u0, escrow: u0, lease: u0, max-lease: u0, max-attempts: u0, delay: u0, doubling: false, cap: u0,
  ttl: u0, expires: u0, attempts: u0, releases: u0, steps: u0, worker: none, bonded: false, slot: u0, claimed: u0,
  until: u0, retry: u0, list: u0, seq: u0, clock: u0, at: u0, series: u0, watched: false, shared: false, input: false,
  stop: false, code: u0, result: 0x, ended: u0})

;; --- Data
(define-data-var last-id uint u0)
(define-data-var type-count uint u0)
(define-data-var queue-count uint u1)
(define-data-var template-count uint u0)

(define-map types uint {name: (string-ascii 40), uri: (string-ascii 128), owner: principal})
;; Nothing changes a queue once it is made: `terms` hold copies of it.
(define-map queues uint {
  name: (string-ascii 40),
  kind: uint, ;; off-chain work is dequeued, on-chain work is executed
  class: uint, ;; the least trusted class of worker it admits
  strict: bool, ;; head of the line only
  guard-every: uint ;; every so many tasks the least urgent lane is served; 0 is strict priority order
})
(define-map queue-ids (string-ascii 40) uint)
(define-map templates uint {
  owner: principal,
  task-type: uint,
  version: uint,
  active: bool,
  open: bool,
  terms: { ;; of the newest version: all that a task copies, so that one read makes it
    queue: uint,
    access: uint, ;; mask: 1 on-chain, 2 bonded workers admitted, 4 strict
    guard: uint, ;; the queue's guard-every
    priority: uint, max-priority: uint, max-attempts: uint, lease: uint, max-lease: uint, delay: uint, doubling: bool,
    cap: uint, ttl: uint, min-reward: uint, ramp: uint, steps: uint
  }
})
(define-map versions {template: uint, version: uint} {
  name: (string-ascii 40),
  queue: uint,
  priority: uint, ;; used when a task names none; 15 is the most urgent
  max-priority: uint, ;; the most urgent one a task may ask for
  max-attempts: uint,
  lease: uint, ;; Stacks blocks a worker has for an attempt
  max-lease: uint, ;; Stacks blocks an attempt may last with all its heartbeats
  retry-delay: uint, ;; Stacks blocks before the second attempt
  doubling: bool, ;; whether each further delay is twice the last
  retry-cap: uint, ;; Stacks blocks, the longest delay
  ttl-seconds: uint, ;; how long after its making a task expires; 0 is never
  min-reward: uint, ;; uSTX
  ramp-blocks: uint, ;; over which the price of an attempt rises from the least to the whole reward; 0 is at once
  max-steps: uint, ;; times an on-chain task may run, each for a reward
  open: bool, ;; whether others than the owner may enqueue
  handler: (optional {contract: principal, hash: (buff 32)}), ;; what executes on-chain work, pinned by its code
  uri: (string-ascii 128)
})

;; What was asked for; never rewritten.
(define-map tasks uint {
  owner: principal, template: uint, version: uint, tag: (optional (buff 16)), deadline: (optional uint),
  parents: (list 8 uint), lax: bool, ;; lax: runs however its parents end
  origin: (optional uint), payload: (buff 1024) ;; origin: the failed task that it repeats
})
(define-map keys {owner: principal, key: (buff 32)} uint)

(map-set queues u0 {name: "default", kind: KIND_OFFCHAIN, class: CLASS_GRANTED, strict: false, guard-every: u0})
(map-set queue-ids "default" u0)

;; --- Read-only
(define-read-only (get-counts)
  {types: (var-get type-count), queues: (var-get queue-count), templates: (var-get template-count)})

(define-read-only (get-last-id) (var-get last-id))

(define-read-only (get-task (id uint)) (map-get? tasks id))

;; What task-scheduler needs to run an on-chain task.
(define-read-only (get-execution (id uint))
  (match (map-get? tasks id)
    task (some {payload: (get payload task), handler: (get-handler (get template task) (get version task))})
    none))

(define-read-only (get-by-key (owner principal) (key (buff 32))) (map-get? keys {owner: owner, key: key}))

;; What async-queue needs to see how the parents of tasks stand.
(define-read-only (get-lineages (ids (list 12 uint))) (map lineage-of ids))

(define-read-only (get-task-type (id uint)) (map-get? types id))

(define-read-only (get-queue (id uint)) (map-get? queues id))

(define-read-only (get-queue-id (name (string-ascii 40))) (map-get? queue-ids name))

(define-read-only (get-config (template uint) (version uint))
  (map-get? versions {template: template, version: version}))

;; What executes the tasks of a version; none when its work is done off-chain.
(define-read-only (get-handler (template uint) (version uint))
  (match (get-config template version) config (get handler config) none))

;; A template with its newest config.
(define-read-only (get-task-template (template uint))
  (match (map-get? templates template)
    record (match (get-config template (get version record))
      config (some {owner: (get owner record), task-type: (get task-type record), version: (get version record),
        active: (get active record), config: config})
      none)
    none))

;; The record of a queue, or an error that names what is missing.
(define-read-only (resolve-queue (id uint))
  (ok (unwrap! (map-get? queues id) ERR_UNKNOWN_QUEUE)))

;; What async-queue copies into a task that `caller` makes from the template's newest version.
(define-read-only (resolve (template uint) (caller principal))
  (let ((record (unwrap! (map-get? templates template) ERR_UNKNOWN_TEMPLATE)))
    (asserts! (get active record) ERR_INACTIVE)
    (asserts! (or (get open record) (is-eq caller (get owner record))) ERR_NOT_ALLOWED)
    (ok (merge (get terms record) {version: (get version record)}))))

;; --- Public: template managers and admins
(define-public (create-task-type (name (string-ascii 40)) (uri (string-ascii 128)))
  (let ((id (+ (var-get type-count) u1))
        (record {name: name, uri: uri, owner: contract-caller}))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_TEMPLATE_MANAGER MANAGE))
    (asserts! (> (len name) u0) ERR_BAD_CONFIG)
    (map-set types id record)
    (var-set type-count id)
    (print (merge {topic: "task-type-created", id: id} record))
    (ok id)))

(define-public (create-queue (name (string-ascii 40)) (kind uint) (class uint) (strict bool) (guard-every uint))
  (let ((id (var-get queue-count))
        (record {name: name, kind: kind, class: class, strict: strict, guard-every: guard-every}))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_ADMIN MANAGE))
    (asserts! (and (> (len name) u0) (<= kind KIND_ONCHAIN) (<= class CLASS_BONDED) (< id MAX_QUEUES))
      ERR_BAD_CONFIG)
    ;; With u1 every task would come from the least urgent lane.
    (asserts! (and (not (is-eq guard-every u1)) (<= guard-every MAX_GUARD)) ERR_BAD_CONFIG)
    (asserts! (map-insert queue-ids name id) ERR_NAME_TAKEN)
    (map-set queues id record)
    (var-set queue-count (+ id u1))
    (print (merge {topic: "queue-created", id: id} record))
    (ok id)))

(define-public (create-task-template (task-type uint) (config {name: (string-ascii 40), queue: uint, priority: uint,
    max-priority: uint, max-attempts: uint, lease: uint, max-lease: uint, retry-delay: uint, doubling: bool,
    retry-cap: uint, ttl-seconds: uint, min-reward: uint, ramp-blocks: uint, max-steps: uint, open: bool, handler:
    (optional {contract: principal, hash: (buff 32)}), uri: (string-ascii 128)}))
  (let ((id (+ (var-get template-count) u1))
        (record {owner: contract-caller, task-type: task-type, version: u1, active: true}))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_TEMPLATE_MANAGER MANAGE))
    (asserts! (is-some (map-get? types task-type)) ERR_UNKNOWN_TYPE)
    (map-set templates id (merge record {open: (get open config), terms: (try! (terms-of config))}))
    (map-set versions {template: id, version: u1} config)
    (var-set template-count id)
    (print (merge {topic: "task-template-created", id: id, config: config} record))
    (ok id)))

;; --- Public: owner of a template
;; Makes a new version; tasks keep the one they were made with.
(define-public (update-task-template (template uint) (config {name: (string-ascii 40), queue: uint, priority: uint,
    max-priority: uint, max-attempts: uint, lease: uint, max-lease: uint, retry-delay: uint, doubling: bool,
    retry-cap: uint, ttl-seconds: uint, min-reward: uint, ramp-blocks: uint, max-steps: uint, open: bool, handler:
    (optional {contract: principal, hash: (buff 32)}), uri: (string-ascii 128)}))
  (let ((before (try! (owned template)))
        (version (+ (get version before) u1))
        (record {owner: contract-caller, task-type: (get task-type before), version: version,
          active: (get active before)}))
    (map-set templates template (merge record {open: (get open config), terms: (try! (terms-of config))}))
    (map-set versions {template: template, version: version} config)
    (print (merge {topic: "task-template-updated", id: template, config: config} record))
    (ok version)))

;; Nobody makes tasks from a template that is not active; those there are go on.
(define-public (set-active (template uint) (active bool))
  (let ((before (try! (owned template))))
    (map-set templates template (merge before {active: active}))
    (print {topic: (if active "task-template-activated" "task-template-deactivated"), id: template,
      owner: contract-caller, task-type: (get task-type before), version: (get version before), active: active})
    (ok true)))

(define-public (transfer-template (template uint) (owner principal))
  (let ((before (try! (owned template))))
    (map-set templates template (merge before {owner: owner}))
    (print {topic: "task-template-transferred", id: template, owner: owner, task-type: (get task-type before),
      version: (get version before), active: (get active before)})
    (ok true)))

;; --- Public: async-queue
;; Writes down what up to 20 new tasks are, as far as their owners may ask for it, and answers for each the move that
;; puts it where it waits first and its first state. `facts` tell how its parents stand and what its series has prepaid.
(define-public (make-all (items (list 20 {owner: principal, template: uint, series: uint, origin: (optional uint),
    clock: uint, at: uint, priority: (optional uint), reward: uint, reward-min: (optional uint), deadline: (optional
    uint), hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list 8 uint), after-items: (list
    8 uint), lax: bool, payload: (buff 1024)})) (facts (list 20 {owner: principal, lax: bool, watch: uint, broken:
    bool, alien: bool, funds: uint})))
  (let ((known (var-get last-id))
        (made (fold make-next items {facts: facts, known: known, last: none, terms: ERR_UNKNOWN_TEMPLATE, made: u0,
          now: {height: u0, time: u0}, moves: (list), states: (list), cost: u0, parents: u0, guards: (list)})))
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (asserts! (<= (get parents made) MAX_PARENTS) ERR_PARENT)
    (var-set last-id (+ known (get made made)))
    (ok {moves: (get moves made), states: (get states made), cost: (get cost made),
      guards: (get guards made)})))

;; --- Private
;; The record of a template that belongs to the caller.
(define-private (owned (template uint))
  (let ((record (unwrap! (map-get? templates template) ERR_UNKNOWN_TEMPLATE)))
    (asserts! (is-eq contract-caller (get owner record)) ERR_NOT_OWNER)
    (ok record)))

;; The terms of a config, when every field is inside its bounds.
(define-private (terms-of (config {name: (string-ascii 40), queue: uint, priority: uint, max-priority: uint,
    max-attempts: uint, lease: uint, max-lease: uint, retry-delay: uint, doubling: bool, retry-cap: uint,
    ttl-seconds: uint, min-reward: uint, ramp-blocks: uint, max-steps: uint, open: bool, handler:
    (optional {contract: principal, hash: (buff 32)}), uri: (string-ascii 128)}))
  (let ((queue (unwrap! (map-get? queues (get queue config)) ERR_UNKNOWN_QUEUE))
        (is-onchain (is-eq (get kind queue) KIND_ONCHAIN))
        (steps (get max-steps config)))
    (asserts! (> (len (get name config)) u0) ERR_BAD_CONFIG)
    (asserts! (<= (get priority config) (get max-priority config)) ERR_BAD_CONFIG)
    (asserts! (<= (get max-priority config) MAX_PRIORITY) ERR_BAD_CONFIG)
    (asserts! (and (> (get max-attempts config) u0) (<= (get max-attempts config) MAX_ATTEMPTS)) ERR_BAD_CONFIG)
    (asserts! (and (>= (get lease config) MIN_LEASE) (<= (get lease config) MAX_LEASE)) ERR_BAD_CONFIG)
    (asserts! (<= (get lease config) (get max-lease config)) ERR_BAD_CONFIG)
    (asserts! (<= (get max-lease config) MAX_LEASE_TOTAL) ERR_BAD_CONFIG)
    (asserts! (and (> (get retry-delay config) u0) (<= (get retry-delay config) (get retry-cap config)))
      ERR_BAD_CONFIG)
    (asserts! (<= (get retry-cap config) MAX_RETRY_CAP) ERR_BAD_CONFIG)
    (asserts! (<= (get ttl-seconds config) MAX_TTL) ERR_BAD_CONFIG)
    (asserts! (<= (get min-reward config) MAX_MIN_REWARD) ERR_BAD_CONFIG)
    (asserts! (<= (get ramp-blocks config) MAX_RAMP) ERR_BAD_CONFIG)
    (asserts! (and (> steps u0) (<= steps MAX_STEPS)) ERR_BAD_CONFIG)
    (asserts! (is-eq is-onchain (is-some (get handler config))) ERR_KIND_MISMATCH)
    (asserts! (or is-onchain (is-eq steps u1)) ERR_KIND_MISMATCH)
    (asserts! (match (get handler config) pinned (is-pinned pinned) true) ERR_HANDLER_HASH)
    (ok {
      queue: (get queue config),
      access: (+ (if is-onchain ACCESS_ONCHAIN u0) (if (is-eq (get class queue) CLASS_BONDED) ACCESS_BONDED u0)
        (if (get strict queue) ACCESS_STRICT u0)),
      guard: (get guard-every queue),
      priority: (get priority config), max-priority: (get max-priority config),
      max-attempts: (get max-attempts config), lease: (get lease config), max-lease: (get max-lease config),
      delay: (get retry-delay config), doubling: (get doubling config), cap: (get retry-cap config),
      ttl: (get ttl-seconds config), min-reward: (get min-reward config), ramp: (get ramp-blocks config), steps: steps
    })))

;; Whether the code of the contract is the pinned one; a principal without code has none.
(define-private (is-pinned (pinned {contract: principal, hash: (buff 32)}))
  (is-eq (contract-hash? (get contract pinned)) (ok (get hash pinned))))

;; --- Private: making tasks
(define-private (make-next (item {owner: principal, template: uint, series: uint, origin: (optional uint), clock:
    uint, at: uint, priority: (optional uint), reward: uint, reward-min: (optional uint), deadline: (optional uint),
    hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8
    uint), lax: bool, payload: (buff 1024)}) (acc {facts: (list 20 {owner: principal, lax: bool, watch: uint, broken:
    bool, alien: bool, funds: uint}), known: uint, last: (optional {template: uint, owner: principal}), terms: (response
    {version: uint, queue: uint, access: uint, guard: uint, priority: uint, max-priority: uint, max-attempts: uint,
    lease: uint, max-lease: uint, delay: uint, doubling: bool, cap: uint, ttl: uint, min-reward: uint, ramp: uint,
    steps: uint} uint), made: uint, now: {height: uint, time: uint}, moves: (list 20 (response {id: uint, topic:
    (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint,
    series: uint, watch: uint, watched: bool, credit: bool} uint)), states: (list 20 {owner: principal, status: uint,
    gate: uint, lane: uint, access: uint, reward: uint, floor: uint, ramp: uint, price: uint, escrow: uint, lease: uint,
    max-lease: uint, max-attempts: uint, delay: uint, doubling: bool, cap: uint, ttl: uint, expires: uint, attempts:
    uint, releases: uint, steps: uint, worker: (optional principal), bonded: bool, slot: uint, claimed: uint, until:
    uint, retry: uint, list: uint, seq: uint, clock: uint, at: uint, series: uint, watched: bool, shared: bool, input:
    bool, stop: bool, code: uint, result: (buff 512), ended: uint}), cost: uint, parents: uint, guards: (list 20 {queue:
    uint, every: uint})}))
  (let ((request {template: (get template item), owner: (get owner item)})
        ;; Neighbours that ask the same are answered by one read.
        (terms (if (is-eq (get last acc) (some request))
          (get terms acc)
          (resolve (get template item) (get owner item))))
        (fact (unwrap! (element-at? (get facts acc) (len (get moves acc))) acc))
        ;; The clocks are read once, and only for tasks that heed them.
        (is-timed (or (is-some (get deadline item)) (match terms it (> (+ (get ttl it) (get ramp it)) u0) code false)))
        (now (if (and is-timed (is-eq (get height (get now acc)) u0))
          {height: stacks-block-height, time: stacks-block-time}
          (get now acc)))
        (made (make item fact terms (+ (get known acc) (get made acc) u1) now (get moves acc)))
        (state (match made new (get state new) refusal NO_STATE))
        (is-new (> (get status state) u0))
        (guard (match terms known (get guard known) refusal u0)))
    (merge acc {
      last: (some request), terms: terms, now: now, made: (+ (get made acc) (if is-new u1 u0)),
      moves: (default-to (list) (as-max-len? (append (get moves acc)
        (match made new (ok (get move new)) refusal (err refusal))) u20)),
      states: (default-to (list) (as-max-len? (append (get states acc) state) u20)),
      cost: (+ (get cost acc) (if (is-eq (get series item) u0) (get escrow state) u0)),
      parents: (+ (get parents acc) (len (get parents item)) (len (get after-items item))),
      guards: (if (and is-new (> guard u0))
        (default-to (list) (as-max-len?
          (append (get guards acc) {queue: (/ (get lane state) LANES), every: guard}) u20))
        (get guards acc))
    })))

;; A key that its owner used before answers the task that it made then.
(define-private (make (item {owner: principal, template: uint, series: uint, origin: (optional uint), clock: uint,
    at: uint, priority: (optional uint), reward: uint, reward-min: (optional uint), deadline: (optional uint), hold:
    bool, tag: (optional (buff 16)), key: (optional (buff 32)), parents: (list 8 uint), after-items: (list 8 uint), lax:
    bool, payload: (buff 1024)}) (fact {owner: principal, lax: bool, watch: uint, broken: bool, alien: bool, funds:
    uint}) (result (response {version: uint, queue: uint, access: uint, guard: uint, priority: uint, max-priority: uint,
    max-attempts: uint, lease: uint, max-lease: uint, delay: uint, doubling: bool, cap: uint, ttl: uint, min-reward:
    uint, ramp: uint, steps: uint} uint)) (id uint) (now {height: uint, time: uint}) (earlier (list 20 (response {id:
    uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint, into: uint, lane: uint, clock: uint,
    at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint))))
  (match (match (get key item) key (get-by-key (get owner item) key) none)
    used (ok {move: (merge NO_MOVE {id: used, topic: "task-known"}), state: NO_STATE})
    (let ((terms (try! result))
          (owner (get owner item))
          (priority (default-to (get priority terms) (get priority item)))
          (reward (get reward item))
          (floor (default-to reward (get reward-min item)))
          (after (get ids (fold add-after (get after-items item) {earlier: earlier, ids: (list)})))
          (family (concat (get parents item) after))
          (watch (if (is-eq (get watch fact) u0) (default-to u0 (element-at? after u0)) (get watch fact))))
      (asserts! (<= priority (get max-priority terms)) ERR_PRIORITY)
      (asserts! (and (>= floor (get min-reward terms)) (<= floor reward)) ERR_REWARD_TOO_LOW)
      (asserts! (<= reward MAX_REWARD) ERR_INSUFFICIENT)
      (asserts! (or (is-eq (get series item) u0) (>= (get funds fact) (* reward (get steps terms)))) ERR_INSUFFICIENT)
      (asserts! (< (get at item) MAX_INSTANT) ERR_TIME)
      (asserts! (match (get deadline item) deadline (> deadline (get time now)) true) ERR_DEADLINE)
      (asserts! (not (or (get alien fact) (get broken fact) (is-some (index-of? after u0)))) ERR_PARENT)
      (let ((task {
              owner: owner, template: (get template item), version: (get version terms), tag: (get tag item),
              deadline: (get deadline item), parents: (unwrap! (as-max-len? family u8) ERR_PARENT), lax: (get lax item),
              origin: (get origin item), payload: (get payload item)
            })
            (gate (first-gate watch (and (get hold item) (is-eq (get at item) u0)) (get series item) (get clock item)
              (get at item)))
            (lane (+ (* (get queue terms) LANES) priority))
            (deadline (default-to u0 (get deadline item)))
            (is-open (is-eq (get gate gate) u0)))
        (map-set tasks id task)
        (match (get key item) key (map-set keys {owner: owner, key: key} id) true)
        (print (merge task {topic: "task-made", id: id}))
        (ok {
          move: (merge NO_MOVE {id: id, topic: "task-enqueued", to: (get status gate), answer: id, lane: lane,
            into: (get into gate), clock: (get clock item), at: (get at item), series: (get series item),
            watch: (get watch gate)}),
          state: (merge NO_STATE {owner: owner, status: (get status gate), gate: (get gate gate), lane: lane,
            access: (get access terms), reward: reward, floor: floor, ramp: (get ramp terms),
            escrow: (* reward (get steps terms)), lease: (get lease terms), max-lease: (get max-lease terms),
            max-attempts: (get max-attempts terms), delay: (get delay terms), doubling: (get doubling terms),
            cap: (get cap terms), ttl: (if is-open u0 (get ttl terms)), steps: (get steps terms),
            expires: (if (and is-open (> (get ttl terms) u0))
              (earlier-of (+ (get time now) (get ttl terms)) deadline)
              deadline),
            clock: (get clock item), series: (get series item),
            at: (if (and is-open (> (get ramp terms) u0) (is-eq (get at item) u0)) (get height now) (get at item))})
        })))))

;; Where a new task waits: at its hold, for its parents, for its time, or in its lane. An occurrence waits for the
;; trigger also when its time has come, for that makes the next one.
(define-private (first-gate (watch uint) (is-held bool) (series uint) (clock uint) (at uint))
  (if is-held
    {status: PENDING, gate: AT_HOLD, into: u0, watch: u0}
    (if (> watch u0)
      {status: PENDING, gate: AT_PARENTS, into: u0, watch: watch}
      (if (and (> at u0) (or (> series u0) (> at (now-on clock))))
        {status: PENDING, gate: AT_TIME, into: INTO_DUE, watch: u0}
        {status: QUEUED, gate: u0, into: INTO_LANE, watch: u0}))))

;; The id made for an earlier item of the same call; u0 if it was refused or known already.
(define-private (add-after (place uint) (acc {earlier: (list 20 (response {id: uint, topic: (string-ascii 20), to:
    uint, answer: uint, list: uint, seq: uint, into: uint, lane: uint, clock: uint, at: uint, series: uint, watch:
    uint, watched: bool, credit: bool} uint)), ids: (list 8 uint)}))
  (let ((id (match (element-at? (get earlier acc) place)
          found (match found move (if (is-eq (get to move) u0) u0 (get id move)) refusal u0)
          u0)))
    (merge acc {ids: (default-to (get ids acc) (as-max-len? (append (get ids acc) id) u8))})))

(define-private (earlier-of (end uint) (deadline uint))
  (if (or (is-eq deadline u0) (< end deadline)) end deadline))

(define-private (now-on (clock uint))
  (if (is-eq clock u0) stacks-block-height (if (is-eq clock u1) burn-block-height stacks-block-time)))

(define-private (lineage-of (id uint))
  (match (map-get? tasks id)
    task {parents: (get parents task), lax: (get lax task)}
    {parents: (list), lax: false}))
