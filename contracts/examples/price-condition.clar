;; title: price-condition
;; synopsis: tasks that wait for a price: each succeeds at the first try at which the price has reached its limit
;; depends on: task-handler-trait
;; who may call: the owner sets the price; anyone may ask whether a limit is reached
;; prints: price-set, price-reached
;; limits: none
;;
;; A task's payload is its limit as a consensus buffer. Until the limit is reached the handler answers NOT_READY, which
;; costs the task no attempt: the template's retry delay says how often it is tried.

(impl-trait .task-handler-trait.task-handler)

;; --- Errors
(define-constant NOT_READY (err u2999)) ;; the price is below the limit: the task is tried again later
(define-constant ERR_NOT_OWNER (err u3300)) ;; only the owner may set the price
(define-constant ERR_PAYLOAD (err u3301)) ;; the payload is no limit

;; --- Data
(define-data-var owner principal tx-sender)
(define-data-var price uint u0) ;; in any unit, the same as that of the limits

;; --- Read-only
(define-read-only (get-price) (var-get price))

;; --- Public: owner
(define-public (set-price (value uint))
  (begin
    (asserts! (is-eq contract-caller (var-get owner)) ERR_NOT_OWNER)
    (var-set price value)
    (print {topic: "price-set", price: value})
    (ok true)))

;; --- Public: anyone
;; The result is the price that reached the limit, as a consensus buffer.
(define-public (handle-task (id uint) (payload (buff 1024)))
  (let ((limit (unwrap! (from-consensus-buff? uint payload) ERR_PAYLOAD))
        (value (var-get price)))
    (asserts! (>= value limit) NOT_READY)
    (print {topic: "price-reached", id: id, limit: limit, price: value})
    (ok {result: (unwrap! (to-consensus-buff? value) ERR_PAYLOAD), again: none})))
