;; title: coordinator-registry
;; synopsis: who may do what: coordinators, their permissions, their capacity and the leases they hold
;; depends on: nothing
;; who may call: the owner and admins manage coordinators and parameters; async-queue alone opens and closes leases
;; prints: coordinator-registered, coordinator-updated, capacity-set, param-set, owner-proposed, owner-accepted
;; limits: 120 leases a worker, 20 leases a call, 20 coordinators a page of get-busy

;; --- Errors
(define-constant ERR_NOT_OWNER (err u1000)) ;; only the owner may do this
(define-constant ERR_UNKNOWN (err u1001)) ;; no coordinator is registered under this principal
(define-constant ERR_ROLE (err u1002)) ;; the caller lacks the permission this needs
(define-constant ERR_CAPACITY (err u1004)) ;; the worker has too few free lease slots
(define-constant ERR_SYSTEM_ONLY (err u1005)) ;; only the async-queue contract may call this
(define-constant ERR_EXISTS (err u1007)) ;; this coordinator is already registered
(define-constant ERR_BAD_VALUE (err u1008)) ;; the role, capacity or name is not one that is allowed
(define-constant ERR_PARAM_BOUNDS (err u1012)) ;; the value is outside the bounds of the parameter

;; --- Constants
(define-constant ROLE_PRODUCER u1)
(define-constant ROLE_WORKER u2)
(define-constant ROLE_ADMIN u32)
(define-constant ALL_ROLES u63) ;; also template manager 4, publisher 8, guardian 16

(define-constant CLASS_GRANTED u0) ;; registered by an admin
(define-constant MAX_CAPACITY u120)
(define-constant NO_WORK {mask: u0, oldest: u0, succeeded: u0, failed: u0, abandoned: u0, earned: u0, streak: u0})
(define-constant PAGE (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15 u16 u17 u18 u19))

;; --- Data
(define-data-var owner principal tx-sender)
(define-data-var next-owner (optional principal) none)
(define-data-var coordinator-count uint u0)

(define-map coordinators principal {
  role: uint, ;; mask of permissions
  capacity: uint, ;; leases it may hold at once
  active: bool,
  index: uint, ;; its place in coordinator-at
  class: uint ;; how it became a worker; each queue says which classes it admits
})
(define-map coordinator-at uint principal)
(define-map workers principal {
  mask: uint, ;; bit n is set while lease slot n is taken
  oldest: uint, ;; Stacks height before which no lease of this worker ends
  succeeded: uint,
  failed: uint,
  abandoned: uint, ;; leases lost to a reclaim
  earned: uint, ;; uSTX
  streak: uint ;; failures and losses since the last success
})
;; The task in a slot; it means something only while the slot's bit is set.
(define-map lease-slots {worker: principal, slot: uint} uint)
(define-map params (string-ascii 32) uint)

;; --- Read-only
(define-read-only (get-owner)
  (var-get owner))

(define-read-only (get-coordinator-count)
  (var-get coordinator-count))

(define-read-only (get-coordinator-at (index uint))
  (map-get? coordinator-at index))

(define-read-only (get-worker (worker principal))
  (default-to NO_WORK (map-get? workers worker)))

(define-read-only (get-coordinator-details (coordinator principal))
  (match (map-get? coordinators coordinator)
    details (some (merge details (get-worker coordinator)))
    none))

;; The value in force; none when there is no such parameter.
(define-read-only (get-param (name (string-ascii 32)))
  (match (param-bounds name)
    bounds (some (default-to (get standard bounds) (map-get? params name)))
    none))

;; The class of `who`, when it is active and has at least one of the permissions in the mask `role`.
(define-read-only (authorize (who principal) (role uint))
  (let ((details (map-get? coordinators who)))
    (asserts! (or (has-role details role)
        (and (is-eq role ROLE_PRODUCER) (is-eq (get-param "open-enqueue") (some u1)))
        (and (is-eq role ROLE_ADMIN) (is-eq who (var-get owner))))
      ERR_ROLE)
    (ok (default-to CLASS_GRANTED (get class details)))))

;; The workers that hold a lease among the 20 coordinators from index `from` on; `next` starts the next page.
(define-read-only (get-busy (from uint))
  (let ((count (var-get coordinator-count))
        (start (if (< from count) from count))
        (next (+ start u20)))
    {
      busy: (get busy (fold add-if-busy PAGE {from: start, busy: (list)})),
      next: (if (< next count) (some next) none)
    }))

;; The task in each slot of a worker; none where the slot is free.
(define-read-only (get-leases (worker principal) (slots (list 16 uint)))
  (get leases (fold add-lease slots {worker: worker, mask: (get mask (get-worker worker)), leases: (list)})))

;; --- Public: owner and admins
(define-public (register-coordinator (coordinator principal) (role uint))
  (let ((index (var-get coordinator-count))
        (capacity (default-to u0 (get-param "default-capacity")))
        (record {role: role, capacity: capacity, active: true, index: index, class: CLASS_GRANTED}))
    (try! (assert-may-grant role))
    (asserts! (map-insert coordinators coordinator record) ERR_EXISTS)
    (map-set coordinator-at index coordinator)
    (var-set coordinator-count (+ index u1))
    (print (merge {topic: "coordinator-registered", coordinator: coordinator} record))
    (ok true)))

(define-public (update-coordinator-permissions (coordinator principal) (role uint))
  (let ((before (unwrap! (map-get? coordinators coordinator) ERR_UNKNOWN))
        (record (merge before {role: role})))
    (try! (assert-may-grant role))
    ;; Whoever has the admin bit answers to the owner alone, also for its other permissions.
    (try! (assert-may-grant (get role before)))
    (map-set coordinators coordinator record)
    (print (merge {topic: "coordinator-updated", coordinator: coordinator} record))
    (ok true)))

(define-public (set-capacity (coordinator principal) (capacity uint))
  (let ((before (unwrap! (map-get? coordinators coordinator) ERR_UNKNOWN))
        (record (merge before {capacity: capacity})))
    (try! (authorize contract-caller ROLE_ADMIN))
    (asserts! (<= capacity MAX_CAPACITY) ERR_BAD_VALUE)
    (map-set coordinators coordinator record)
    (print (merge {topic: "capacity-set", coordinator: coordinator} record))
    (ok true)))

(define-public (set-param (name (string-ascii 32)) (value uint))
  (let ((bounds (unwrap! (param-bounds name) ERR_BAD_VALUE)))
    (try! (authorize contract-caller ROLE_ADMIN))
    (asserts! (and (>= value (get least bounds)) (<= value (get most bounds))) ERR_PARAM_BOUNDS)
    (map-set params name value)
    (print {topic: "param-set", name: name, value: value})
    (ok true)))

;; The owner names its successor, who must accept: a mistyped principal loses nothing.
(define-public (propose-owner (next principal))
  (begin
    (asserts! (is-eq contract-caller (var-get owner)) ERR_NOT_OWNER)
    (var-set next-owner (some next))
    (print {topic: "owner-proposed", owner: contract-caller, next: next})
    (ok true)))

(define-public (accept-owner)
  (begin
    (asserts! (is-eq (some contract-caller) (var-get next-owner)) ERR_NOT_OWNER)
    (var-set owner contract-caller)
    (var-set next-owner none)
    (print {topic: "owner-accepted", owner: contract-caller})
    (ok true)))

;; --- Public: async-queue
;; Takes the lowest free slots of `worker`, one for each task, and returns them in the same order. `class` is the
;; least trusted class the queue admits, `oldest` a height before which none of these leases ends.
(define-public (open-leases (worker principal) (ids (list 20 uint)) (oldest uint) (class uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_SYSTEM_ONLY)
    (let ((details (map-get? coordinators worker))
          (before (get-worker worker))
          (taken (get mask before))
          (opened (fold open-lease ids {worker: worker, mask: taken, slots: (list)})))
      (asserts! (and (has-role details ROLE_WORKER) (<= (default-to u0 (get class details)) class)) ERR_ROLE)
      ;; The lowest slots go first, so a bit at or above the capacity says that they did not suffice.
      (asserts! (< (get mask opened) (bit-shift-left u1 (default-to u0 (get capacity details)))) ERR_CAPACITY)
      (map-set workers worker (merge before {
        mask: (get mask opened),
        oldest: (if (and (> taken u0) (< (get oldest before) oldest)) (get oldest before) oldest)
      }))
      (ok (get slots opened)))))

;; Frees slots of one worker after `good` successes, `bad` failures and `lost` reclaims that earned it `earned` uSTX.
(define-public (close-leases
    (worker principal) (slots (list 20 uint)) (good uint) (bad uint) (lost uint) (earned uint))
  (let ((before (get-worker worker)))
    (asserts! (is-eq contract-caller .async-queue) ERR_SYSTEM_ONLY)
    (map-set workers worker (merge before {
      mask: (fold free-slot slots (get mask before)),
      succeeded: (+ (get succeeded before) good),
      failed: (+ (get failed before) bad),
      abandoned: (+ (get abandoned before) lost),
      earned: (+ (get earned before) earned),
      streak: (if (> good u0) u0 (+ (get streak before) bad lost))
    }))
    (ok true)))

;; Frees slots of several workers, each lost to a reclaim.
(define-public (lose-leases (leases (list 12 (optional {worker: principal, slot: uint}))))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_SYSTEM_ONLY)
    (map lose-lease leases)
    (ok true)))

;; --- Private
(define-private (has-role
    (details (optional {role: uint, capacity: uint, active: bool, index: uint, class: uint})) (role uint))
  (match details
    record (and (get active record) (> (bit-and (get role record) role) u0))
    false))

;; A role is a non-empty mask. An admin may grant all of it but the admin bit, which is the owner's to give.
(define-private (assert-may-grant (role uint))
  (begin
    (try! (authorize contract-caller ROLE_ADMIN))
    (asserts! (and (> role u0) (<= role ALL_ROLES)) ERR_BAD_VALUE)
    (ok (asserts! (or (is-eq u0 (bit-and role ROLE_ADMIN)) (is-eq contract-caller (var-get owner)))
      ERR_NOT_OWNER))))

;; Each parameter with its bounds and the value that holds until one is set.
(define-private (param-bounds (name (string-ascii 32)))
  (if (is-eq name "default-capacity") ;; leases a new coordinator may hold
    (some {least: u1, most: MAX_CAPACITY, standard: u8})
    (if (is-eq name "open-enqueue") ;; 1: anyone may enqueue, 0: producers only
      (some {least: u0, most: u1, standard: u0})
      none)))

(define-private (open-lease (id uint) (acc {worker: principal, mask: uint, slots: (list 20 uint)}))
  (let ((slot (lowest-free-slot (get mask acc)))
        (slots (get slots acc)))
    (map-set lease-slots {worker: (get worker acc), slot: slot} id)
    (merge acc {
      mask: (bit-or (get mask acc) (bit-shift-left u1 slot)),
      slots: (default-to slots (as-max-len? (append slots slot) u20))
    })))

;; The lowest zero bit. A full mask gives slot 127, which is above every capacity: the caller then refuses.
(define-private (lowest-free-slot (mask uint))
  (let ((free (bit-not mask)))
    (if (is-eq free u0) u127 (log2 (bit-and free (+ mask u1))))))

(define-private (free-slot (slot uint) (mask uint))
  (bit-and mask (bit-not (bit-shift-left u1 slot))))

(define-private (lose-lease (lease (optional {worker: principal, slot: uint})))
  (match lease
    lost (let ((before (get-worker (get worker lost))))
      (map-set workers (get worker lost) (merge before {
        mask: (free-slot (get slot lost) (get mask before)),
        abandoned: (+ (get abandoned before) u1),
        streak: (+ (get streak before) u1)
      })))
    false))

(define-private (add-if-busy
    (offset uint) (acc {from: uint, busy: (list 20 {worker: principal, mask: uint, oldest: uint})}))
  (match (map-get? coordinator-at (+ (get from acc) offset))
    worker (let ((record (get-worker worker))
                 (busy (get busy acc))
                 (entry {worker: worker, mask: (get mask record), oldest: (get oldest record)}))
      (if (> (get mask record) u0)
        (merge acc {busy: (default-to busy (as-max-len? (append busy entry) u20))})
        acc))
    acc))

(define-private (add-lease
    (slot uint) (acc {worker: principal, mask: uint, leases: (list 16 (optional uint))}))
  (let ((leases (get leases acc))
        (is-taken (and (< slot MAX_CAPACITY) (> (bit-and (get mask acc) (bit-shift-left u1 slot)) u0)))
        (lease (if is-taken (map-get? lease-slots {worker: (get worker acc), slot: slot}) none)))
    (merge acc {leases: (default-to leases (as-max-len? (append leases lease) u16))})))
