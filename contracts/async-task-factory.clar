;; title: async-task-factory
;; synopsis: what a task is: task types, queues and versioned templates
;; depends on: coordinator-registry
;; who may call: template managers make types and templates, a template's owner updates it, admins make queues
;; prints: task-type-created, queue-created, task-template-created, task-template-updated
;; limits: 128 queues

;; --- Errors
(define-constant ERR_NOT_OWNER (err u1100)) ;; only the owner of the template may do this
(define-constant ERR_UNKNOWN_TEMPLATE (err u1101)) ;; no template has this id
(define-constant ERR_BAD_CONFIG (err u1103)) ;; a field of the config is outside its bounds
(define-constant ERR_UNKNOWN_TYPE (err u1104)) ;; no task type has this id
(define-constant ERR_UNKNOWN_QUEUE (err u1105)) ;; no queue has this id
(define-constant ERR_NAME_TAKEN (err u1107)) ;; another queue has this name
(define-constant ERR_NOT_ALLOWED (err u1108)) ;; the template is not open and the caller is not its owner
(define-constant ERR_NOT_YET (err u1109)) ;; a field asks for what this version does not serve; leave it at its default

;; --- Constants
(define-constant ROLE_TEMPLATE_MANAGER u4)
(define-constant ROLE_ADMIN u32)

(define-constant KIND_OFFCHAIN u0)
(define-constant KIND_ONCHAIN u1)
(define-constant CLASS_GRANTED u0)
(define-constant CLASS_BONDED u1)
(define-constant MAX_QUEUES u128)
(define-constant MAX_PRIORITY u15)
(define-constant MAX_ATTEMPTS u20)
(define-constant MIN_LEASE u12) ;; Stacks blocks
(define-constant MAX_LEASE u4000)
(define-constant MAX_LEASE_TOTAL u40000)
;; Blocks. With it the largest back-off, delay * 2^16, is far from overflowing and the instant far inside the index.
(define-constant MAX_RETRY_CAP u1000000)

;; --- Data
(define-data-var type-count uint u0)
(define-data-var queue-count uint u1)
(define-data-var template-count uint u0)

(define-map types uint {name: (string-ascii 40), uri: (string-ascii 128), owner: principal})
(define-map queues uint {
  name: (string-ascii 40),
  kind: uint, ;; off-chain work is dequeued, on-chain work is executed
  class: uint, ;; the least trusted class of worker it admits
  strict: bool, ;; head of the line only
  guard-every: uint ;; starvation guard; 0 is strict priority order
})
(define-map queue-ids (string-ascii 40) uint)
(define-map templates uint {owner: principal, task-type: uint, version: uint, active: bool})
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
  ttl-seconds: uint,
  min-reward: uint, ;; uSTX
  ramp-blocks: uint,
  max-steps: uint,
  open: bool, ;; whether others than the owner may enqueue
  handler: (optional {contract: principal, hash: (buff 32)}),
  uri: (string-ascii 128)
})

(map-set queues u0 {name: "default", kind: KIND_OFFCHAIN, class: CLASS_GRANTED, strict: false, guard-every: u0})
(map-set queue-ids "default" u0)

;; --- Read-only
(define-read-only (get-counts)
  {types: (var-get type-count), queues: (var-get queue-count), templates: (var-get template-count)})

(define-read-only (get-task-type (id uint))
  (map-get? types id))

(define-read-only (get-queue (id uint))
  (map-get? queues id))

(define-read-only (get-queue-id (name (string-ascii 40)))
  (map-get? queue-ids name))

(define-read-only (get-config (template uint) (version uint))
  (map-get? versions {template: template, version: version}))

;; A template with its newest config.
(define-read-only (get-task-template (template uint))
  (match (map-get? templates template)
    record (match (get-config template (get version record))
      config (some (merge record {config: config}))
      none)
    none))

;; The record of a queue, or an error that names what is missing.
(define-read-only (resolve-queue (id uint))
  (ok (unwrap! (map-get? queues id) ERR_UNKNOWN_QUEUE)))

;; What async-queue copies into a task that `caller` makes from the template's newest version.
(define-read-only (resolve (template uint) (caller principal))
  (let ((record (unwrap! (map-get? templates template) ERR_UNKNOWN_TEMPLATE))
        (version (get version record))
        (config (unwrap! (get-config template version) ERR_UNKNOWN_TEMPLATE)))
    (asserts! (or (get open config) (is-eq caller (get owner record))) ERR_NOT_ALLOWED)
    (ok {
      version: version,
      queue: (get queue config),
      priority: (get priority config),
      max-priority: (get max-priority config),
      max-attempts: (get max-attempts config),
      lease: (get lease config),
      max-lease: (get max-lease config),
      delay: (get retry-delay config),
      doubling: (get doubling config),
      cap: (get retry-cap config),
      min-reward: (get min-reward config)
    })))

;; --- Public: template managers and admins
(define-public (create-task-type (name (string-ascii 40)) (uri (string-ascii 128)))
  (let ((id (+ (var-get type-count) u1))
        (record {name: name, uri: uri, owner: contract-caller}))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_TEMPLATE_MANAGER))
    (asserts! (> (len name) u0) ERR_BAD_CONFIG)
    (map-set types id record)
    (var-set type-count id)
    (print (merge {topic: "task-type-created", id: id} record))
    (ok id)))

(define-public (create-queue (name (string-ascii 40)) (kind uint) (class uint) (strict bool) (guard-every uint))
  (let ((id (var-get queue-count))
        (record {name: name, kind: kind, class: class, strict: strict, guard-every: guard-every}))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_ADMIN))
    (asserts! (and (> (len name) u0) (<= kind KIND_ONCHAIN) (<= class CLASS_BONDED) (< id MAX_QUEUES))
      ERR_BAD_CONFIG)
    (asserts! (is-eq guard-every u0) ERR_NOT_YET)
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
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_TEMPLATE_MANAGER))
    (asserts! (is-some (map-get? types task-type)) ERR_UNKNOWN_TYPE)
    (try! (assert-config config))
    (map-set templates id record)
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
  (let ((before (unwrap! (map-get? templates template) ERR_UNKNOWN_TEMPLATE))
        (version (+ (get version before) u1))
        (record (merge before {version: version})))
    (asserts! (is-eq contract-caller (get owner before)) ERR_NOT_OWNER)
    (try! (assert-config config))
    (map-set templates template record)
    (map-set versions {template: template, version: version} config)
    (print (merge {topic: "task-template-updated", id: template, config: config} record))
    (ok version)))

;; --- Private
(define-private (assert-config (config {name: (string-ascii 40), queue: uint, priority: uint, max-priority: uint,
    max-attempts: uint, lease: uint, max-lease: uint, retry-delay: uint, doubling: bool, retry-cap: uint,
    ttl-seconds: uint, min-reward: uint, ramp-blocks: uint, max-steps: uint, open: bool, handler:
    (optional {contract: principal, hash: (buff 32)}), uri: (string-ascii 128)}))
  (let ((queue (unwrap! (map-get? queues (get queue config)) ERR_UNKNOWN_QUEUE)))
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
    (asserts! (is-eq (get kind queue) KIND_OFFCHAIN) ERR_NOT_YET)
    (asserts! (is-none (get handler config)) ERR_NOT_YET)
    (asserts! (is-eq (get ttl-seconds config) u0) ERR_NOT_YET)
    (asserts! (is-eq (get ramp-blocks config) u0) ERR_NOT_YET)
    (asserts! (is-eq (get max-steps config) u1) ERR_NOT_YET)
    (ok true)))
