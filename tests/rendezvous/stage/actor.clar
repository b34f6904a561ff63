;; title: actor
;; synopsis: in the fuzzed copy: makes what tasks are made from, and owns, does and keeps tasks as it is asked
;; depends on: coordinator-registry, async-task-factory, task-index, async-queue, task-control, task-scheduler
;; who may call: the fuzzed contract, for a contract can act on a task only in its own name
;; prints: nothing
;; limits: 200 series
;;
;; Each act takes two numbers: the first says on which task or series, the second how much or in which way. A number
;; counts back from the newest, so that most acts fall on tasks that have not ended.

(impl-trait .coordinator-registry.actor)

;; --- Errors
(define-constant ERR_NOTHING (err u9000)) ;; the actor has no task or series to act on

;; --- Constants
(define-constant ONCHAIN_LANE u19) ;; of queue u1, priority u3
(define-constant FUNDS u10000000000000) ;; uSTX
(define-constant ALL_SLOTS (list u0 u1 u2 u3 u4 u5 u6 u7))
(define-constant DOZEN (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11))
(define-constant MAX_SERIES u200)
(define-constant BASE {name: "plain", queue: u0, priority: u3, max-priority: u15, max-attempts: u3, lease: u100,
  max-lease: u400, retry-delay: u5, doubling: true, retry-cap: u40, ttl-seconds: u0, min-reward: u0, ramp-blocks: u0,
  max-steps: u1, open: true, handler: none, uri: ""})

;; --- Data
(define-map tasks uint uint) ;; its own, in the order of their making
(define-data-var task-count uint u0)
(define-map series uint uint)
(define-data-var series-count uint u0)

;; --- The stage: templates u1 plain, u2 with a deadline and a rising price, u3 and u4 on-chain
(stx-transfer? FUNDS tx-sender current-contract)
(contract-call? .async-task-factory create-task-type "fuzz" "")
(contract-call? .async-task-factory create-queue "onchain" u1 u0 false u0)
(contract-call? .async-task-factory create-queue "guarded" u0 u0 false u3)
(contract-call? .async-task-factory create-task-template u1 BASE)
(contract-call? .async-task-factory create-task-template u1
  (merge BASE {queue: u2, max-attempts: u2, ttl-seconds: u40000, ramp-blocks: u200}))
(contract-call? .async-task-factory create-task-template u1 (merge BASE {queue: u1,
  handler: (some {contract: .heartbeat-counter, hash: (unwrap-panic (contract-hash? .heartbeat-counter))})}))
(contract-call? .async-task-factory create-task-template u1 (merge BASE {queue: u1, max-steps: u3,
  handler: (some {contract: .chained-job, hash: (unwrap-panic (contract-hash? .chained-job))})}))

;; --- Public: an owner's acts
(define-public (enqueue (kind uint) (reward uint))
  (let ((parent (default-to u0 (map-get? tasks (var-get task-count))))
        (data {priority: none, reward: (mod reward u1000000), reward-min: none, deadline: none,
          hold: (is-eq (mod (/ kind u4) u4) u1), tag: none, key: none, lax: (> (mod reward u2) u0),
          parents: (if (and (> parent u0) (is-eq (mod (/ kind u4) u4) u2)) (list parent) (list)), after-items: (list),
          payload: (unwrap-panic (as-max-len?
            (unwrap-panic (to-consensus-buff? {units: u10, done: u0, sum: u0})) u1024))})
        (made (paid (as-contract? ((with-stx FUNDS))
          {r: (contract-call? .async-queue enqueue-task (+ (mod kind u4) u1) data)}))))
    (own (try! made))))

(define-public (cancel (n uint) (unused uint)) (as-one (contract-call? .task-control cancel-task (pick n))))
(define-public (top-up (n uint) (amount uint))
  (paid (as-contract? ((with-stx FUNDS))
    {r: (contract-call? .task-control top-up-task (pick n) (+ (mod amount u1000) u1))})))
(define-public (prioritize (n uint) (priority uint))
  (as-one (contract-call? .task-control set-priority (pick n) (mod priority u16))))
(define-public (requeue (n uint) (reward uint))
  (own (try! (paid (as-contract? ((with-stx FUNDS))
    {r: (contract-call? .task-control requeue-task (dead-letter (mod n u3)) (mod reward u1000000))})))))
(define-public (schedule (n uint) (delay uint))
  (as-one (contract-call? .task-scheduler schedule-task (pick n) (+ stacks-block-height u1 (mod delay u100)))))

;; --- Public: a worker's acts
(define-public (dequeue (queue uint) (n uint))
  (ok (len (try! (contract-call? .async-queue dequeue-from (* (mod queue u2) u2) (+ (mod n u3) u1))))))

(define-public (settle (n uint) (way uint))
  (let ((held (try! (held-lease n)))
        (id (get id held))
        (attempt (get attempt held)))
    (if (is-eq (mod way u4) u0)
      (contract-call? .async-queue complete-task id attempt 0x01)
      (if (is-eq (mod way u4) u1)
        (as-one (contract-call? .task-control release-task id attempt))
        (contract-call? .task-control fail-task id attempt u1 (is-eq (mod way u4) u2))))))

(define-public (heartbeat (n uint) (blocks uint))
  (let ((held (try! (held-lease n))))
    (contract-call? .task-control heartbeat-task (get id held) (get attempt held) (+ (mod blocks u200) u1) 0x01)))

;; Any of those that wait: the first may be late.
(define-public (execute (n uint) (unused uint))
  (let ((waiting (get ids (contract-call? .task-index get-list-page ONCHAIN_LANE u0)))
        (id (unwrap! (element-at? waiting (mod n (+ (len waiting) u1))) ERR_NOTHING))
        (task (unwrap! (contract-call? .async-task-factory get-task id) ERR_NOTHING)))
    (if (is-eq (get template task) u3)
      (contract-call? .task-scheduler execute-task id .heartbeat-counter)
      (contract-call? .task-scheduler execute-task id .chained-job))))

;; --- Public: anyone's acts
(define-public (reclaim (n uint) (unused uint))
  (ok (len (try! (contract-call? .task-control reclaim-leases (dozen n))))))
(define-public (expire (n uint) (unused uint))
  (ok (len (try! (contract-call? .task-control expire-tasks (dozen n))))))
(define-public (release-children (n uint) (unused uint))
  (contract-call? .task-control release-children (+ (mod n u8) u1)))
(define-public (trigger (clock uint) (n uint))
  (ok (get due (try! (contract-call? .task-scheduler trigger-due-tasks (mod clock u3) (+ (mod n u20) u1))))))

;; --- Public: series and templates
(define-public (create-series (template uint) (reward uint))
  (let ((n (+ (var-get series-count) u1))
        (made (begin
          (asserts! (<= n MAX_SERIES) ERR_NOTHING)
          (paid (as-contract? ((with-stx FUNDS))
            {r: (contract-call? .task-scheduler create-series (+ (mod template u3) u1) u0 (+ stacks-block-height u5) u30
              u4 (mod reward u1000) (mod reward u3) true 0x)})))))
    (map-set series n (try! made))
    (var-set series-count n)
    made))

(define-public (cancel-series (n uint) (unused uint))
  (contract-call? .task-scheduler cancel-series (from-newest-series n)))

;; While a template is not active, series of it stand down.
(define-public (set-active (template uint) (is-active uint))
  (as-one (contract-call? .async-task-factory set-active (+ (mod template u3) u1) (> is-active u0))))

;; --- Private
(define-private (as-one (result (response bool uint))) (match result done (ok u1) code (err code)))
(define-private (paid (result (response {r: (response uint uint)} uint))) (get r (unwrap! result ERR_NOTHING)))

(define-private (own (id uint))
  (let ((n (+ (var-get task-count) u1)))
    (map-set tasks n id)
    (var-set task-count n)
    (ok id)))

;; One of the eight tasks it made last; u0 for none.
(define-private (pick (n uint))
  (let ((count (var-get task-count)) (back (mod n u8)))
    (if (< back count) (default-to u0 (map-get? tasks (- count back))) u0)))

(define-private (from-newest-series (n uint))
  (let ((count (var-get series-count)) (back (mod n u4)))
    (if (< back count) (default-to u0 (map-get? series (- count back))) u0)))

;; A dead letter of a queue, u0 for none.
(define-private (dead-letter (queue uint))
  (default-to u0 (element-at? (get ids (contract-call? .task-index get-list-page (+ u4096 queue) u0)) u0)))

;; A task it holds a lease of, with the attempt that runs.
(define-private (held-lease (n uint))
  (let ((ids (fold add-held (contract-call? .coordinator-registry get-leases current-contract ALL_SLOTS) (list)))
        (id (unwrap! (element-at? ids (if (is-eq (len ids) u0) u0 (mod n (len ids)))) ERR_NOTHING)))
    (ok {id: id, attempt: (default-to u0 (get attempts (contract-call? .async-queue get-state id)))})))
(define-private (add-held (lease (optional uint)) (ids (list 8 uint)))
  (match lease id (default-to ids (as-max-len? (append ids id) u8)) ids))

;; Twelve tasks in a row, whoever made them.
(define-private (dozen (n uint))
  (let ((last (contract-call? .async-task-factory get-last-id))
        (back (mod n u64))
        (first (if (> last back) (- last back) u1)))
    (map + DOZEN (list first first first first first first first first first first first first))))
