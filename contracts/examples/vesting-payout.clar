;; title: vesting-payout
;; synopsis: grants of STX that vest block by block, paid to their beneficiaries by tasks
;; depends on: task-handler-trait
;; who may call: anyone makes a grant and pays for it; anyone may run a payout, which only ever pays the beneficiary
;; prints: grant-created, grant-paid
;; limits: 2^32 blocks a grant
;;
;; A task's payload is the number of a grant as a consensus buffer; a series makes one payout a day or a month.
;; The scheduler lets no handler move what the scheduler or the executor owns. This one pays out of its own balance, and
;; allows itself no more than the payout.

(impl-trait .task-handler-trait.task-handler)

;; --- Errors
(define-constant NOT_READY (err u2999)) ;; nothing has vested since the last payout: the task is tried again later
(define-constant ERR_UNKNOWN_GRANT (err u3100)) ;; the payload names no grant
(define-constant ERR_BAD_VALUE (err u3101)) ;; the amount is zero, or the blocks are not between 1 and 2^32
(define-constant ERR_TRANSFER (err u3102)) ;; the depositor has too few STX
(define-constant ERR_PAYOUT (err u3103)) ;; the balance does not cover the payout

;; --- Constants
(define-constant MAX_BLOCKS (pow u2 u32))
(define-constant MAX_AMOUNT (pow u2 u64)) ;; uSTX; keeps the sum that has vested far from overflowing

;; --- Data
(define-data-var grant-count uint u0)
(define-map grants uint {
  beneficiary: principal,
  total: uint, paid: uint, ;; uSTX
  start: uint, blocks: uint ;; it vests evenly over so many Stacks blocks from this height on
})

;; --- Read-only
(define-read-only (get-grant (grant uint)) (map-get? grants grant))

;; uSTX that have vested and are not paid yet.
(define-read-only (get-payable (grant uint))
  (match (map-get? grants grant)
    record (let ((height stacks-block-height)
                 (gone (if (> height (get start record)) (- height (get start record)) u0)))
      (if (>= gone (get blocks record))
        (- (get total record) (get paid record))
        (- (/ (* (get total record) gone) (get blocks record)) (get paid record))))
    u0))

;; --- Public: anyone
;; Makes a grant that vests from now on, paid by the caller; returns its number.
(define-public (create-grant (beneficiary principal) (amount uint) (blocks uint))
  (let ((grant (+ (var-get grant-count) u1))
        (record {beneficiary: beneficiary, total: amount, paid: u0, start: stacks-block-height, blocks: blocks}))
    (asserts! (and (> amount u0) (<= amount MAX_AMOUNT) (> blocks u0) (<= blocks MAX_BLOCKS)) ERR_BAD_VALUE)
    (unwrap! (stx-transfer? amount contract-caller current-contract) ERR_TRANSFER)
    (map-set grants grant record)
    (var-set grant-count grant)
    (print (merge record {topic: "grant-created", grant: grant}))
    (ok grant)))

;; Pays what has vested of a grant to its beneficiary. The result is the amount, as a consensus buffer.
(define-public (handle-task (id uint) (payload (buff 1024)))
  (let ((grant (unwrap! (from-consensus-buff? uint payload) ERR_UNKNOWN_GRANT))
        (before (unwrap! (map-get? grants grant) ERR_UNKNOWN_GRANT))
        (amount (get-payable grant))
        (next (merge before {paid: (+ (get paid before) amount)})))
    (asserts! (> amount u0) NOT_READY)
    (map-set grants grant next)
    (unwrap! (as-contract? ((with-stx amount))
      (unwrap! (stx-transfer? amount tx-sender (get beneficiary before)) ERR_PAYOUT)) ERR_PAYOUT)
    (print (merge next {topic: "grant-paid", grant: grant, amount: amount, id: id}))
    (ok {result: (unwrap! (to-consensus-buff? amount) ERR_PAYOUT), again: none})))
