;; title: task-graph
;; synopsis: which tasks wait for the end of which: families of children by parent
;; depends on: nothing
;; who may call: async-queue alone writes; anyone reads
;; prints: nothing
;; limits: 20 moves and 12 loose children a call
;;
;; A child waits for one unfinished parent at a time. The children of a parent are its *family*: first, last, and for
;; each the sibling after it. When the parent ends, its whole family is linked in front of the *loose* children, those
;; whose parent has ended and that nobody has looked at since, at a cost that does not depend on their number. The
;; queue takes a few of them in each call, so a call that ends a parent of many is no dearer than one of few, and
;; nothing is lost: a child is in a family, or loose, or was handed to the queue.

;; --- Errors
(define-constant ERR_QUEUE_ONLY (err u1270)) ;; only the async-queue contract may call this

;; --- Constants
(define-constant NO_FAMILY {parent: u0, first: u0, last: u0}) ;; ids begin at u1
(define-constant FIRST_TERMINAL u5) ;; this status and those above it are ends
(define-constant TURNS (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11))

;; --- Data
(define-data-var loose uint u0) ;; the first loose child, u0 for none
(define-map families uint {first: uint, last: uint}) ;; by parent
;; By child, u0 for the last loose one. What stands here for the last of a family means nothing: to clear it would cost
;; a write for every child that moves on to its next parent.
(define-map siblings uint uint)

;; --- Read-only
(define-read-only (get-loose) (var-get loose))

(define-read-only (get-family (parent uint)) (map-get? families parent))

;; The child after this one in its family, as far as the last that `get-family` names, or among the loose ones.
(define-read-only (get-sibling (child uint)) (default-to u0 (map-get? siblings child)))

;; --- Public: async-queue
;; Lets each item with a `watch` join the family of that parent, then makes the families of the items that have
;; ended loose, then takes up to `n` loose children and returns them. An item that is an error is passed over. A child
;; whose parent ends in the same call is loose, whichever of the two is named first. A child that was handed out may
;; join another family, no other child may.
(define-public (update
    (moves (list 20 (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint,
      into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint)))
    (n uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (keep-family (fold join moves NO_FAMILY))
    (let ((before (var-get loose))
          (taken (fold take-child TURNS {loose: (fold release-family moves before), left: n, ids: (list)})))
      (if (is-eq before (get loose taken)) false (var-set loose (get loose taken)))
      (ok (get ids taken)))))

;; --- Private
;; The family that was joined last is written when a child joins another: children of one parent cost a write each.
(define-private (join
    (item (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint,
      into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint))
    (acc {parent: uint, first: uint, last: uint}))
  (match item
    move (if (is-eq (get watch move) u0)
      acc
      (let ((child (get id move))
            (family (if (is-eq (get watch move) (get parent acc)) acc (turn-to-family (get watch move) acc))))
        (if (is-eq (get last family) u0)
          (merge family {first: child, last: child})
          (begin
            (map-set siblings (get last family) child)
            (merge family {last: child})))))
    refusal acc))

(define-private (turn-to-family (parent uint) (acc {parent: uint, first: uint, last: uint}))
  (begin
    (keep-family acc)
    (merge (default-to {first: u0, last: u0} (map-get? families parent)) {parent: parent})))

(define-private (keep-family (family {parent: uint, first: uint, last: uint}))
  (if (is-eq (get parent family) u0)
    false
    (map-set families (get parent family) {first: (get first family), last: (get last family)})))

;; Links the family of an item that has ended in front of the loose children; returns the first of them all.
(define-private (release-family
    (item (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint,
      into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint))
    (first-loose uint))
  (match item
    move (if (>= (get to move) FIRST_TERMINAL)
      (match (map-get? families (get id move))
        family (begin
          (map-set siblings (get last family) first-loose)
          (map-delete families (get id move))
          (get first family))
        first-loose)
      first-loose)
    refusal first-loose))

(define-private (take-child (turn uint) (acc {loose: uint, left: uint, ids: (list 12 uint)}))
  (let ((child (get loose acc)))
    (if (or (is-eq (get left acc) u0) (is-eq child u0))
      acc
      {
        loose: (get-sibling child), left: (- (get left acc) u1),
        ids: (default-to (get ids acc) (as-max-len? (append (get ids acc) child) u12))
      })))
