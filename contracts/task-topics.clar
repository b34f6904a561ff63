;; title: task-topics
;; synopsis: what is published, and the tasks it sets free: those held for a topic, and one for each subscription
;; depends on: coordinator-registry, async-task-factory, async-queue, task-control
;; who may call: publishers make topics and publish; producers subscribe; owners have held tasks wait; anyone delivers
;;   and tops up
;; prints: topic-created, topic-awaited, topic-published, topic-delivered, subscription-created,
;;   subscription-topped-up, subscription-fired, subscription-ended, subscription-removed; async-queue prints each task
;;   that changes
;; limits: 6 tasks a delivery, 12 looked at
;;
;; It holds no funds: the runs of subscriptions are prepaid in async-queue, under numbers that no series has.
;; Publications are delivered one after the other, each once to all that was there for it: first the tasks that wait,
;; then the subscriptions by a cursor. A subscription whose task cannot be made ends with the reason; the others go on.

;; --- Errors
(define-constant ERR_UNKNOWN_TOPIC (err u1350)) ;; no topic has this name
(define-constant ERR_NOT_OWNER (err u1351)) ;; only the owner of the topic, subscription or task may do this
(define-constant ERR_TOPIC_TAKEN (err u1352)) ;; another topic has this name
(define-constant ERR_NOT_HELD (err u1353)) ;; the task is not one that is held
(define-constant ERR_TOO_MANY (err u1354)) ;; the number asked for is not between 1 and the most a call takes
(define-constant ERR_UNKNOWN_SUBSCRIPTION (err u1355)) ;; the topic has no subscription with this index
(define-constant ERR_RUNS (err u1356)) ;; the runs are not between 1 and 10,000
(define-constant ERR_BAD_VALUE (err u1357)) ;; the reward or name is not one that is allowed

;; --- Constants
(define-constant ANYONE u0)
(define-constant ROLE_PRODUCER u1)
(define-constant ROLE_PUBLISHER u8)
(define-constant SCHEDULE u16)
(define-constant PUBLISH u32)

(define-constant TASK_PENDING u1)
(define-constant GATE_HOLD u1)
(define-constant FIRST_ACCOUNT (pow u2 u64)) ;; above the numbers of series
(define-constant MAX_RUNS u10000)
(define-constant MAX_REWARD (pow u10 u15)) ;; uSTX a step; keeps the price of all runs far from overflowing
(define-constant MAX_FIRED u6)
(define-constant LOOKS (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11))
(define-constant PAGE (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9))

;; What a place without a subscription reads as.
(define-constant NO_SUBSCRIPTION {
  owner: .async-queue, template: u0, reward: u0, account: u0, from: u0, left: u0, active: false
})

;; --- Data
(define-data-var last-account uint FIRST_ACCOUNT)
(define-data-var topic-count uint u0)

(define-map topics (string-ascii 40) {
  owner: principal,
  seq: uint, ;; the last publication
  delivered: uint, ;; all publications up to this one are
  cursor: uint, ;; the first subscription not looked at for the one after that
  subs: uint, ;; places for subscriptions ever made
  free: uint, ;; the first free place + 1, u0 for none
  wait-head: uint, wait-tail: uint ;; the tasks that wait
})
(define-map topic-at uint (string-ascii 40))
(define-map publications {topic: (string-ascii 40), seq: uint} {
  data: (buff 1024),
  at: uint, ;; Stacks height
  subs: uint, waits: uint ;; the topic's places and wait-tail at that time: it is not for later ones
})
(define-map subscriptions {topic: (string-ascii 40), index: uint} {
  owner: principal,
  template: uint,
  reward: uint, ;; uSTX a step
  account: uint, ;; the number under which its runs are prepaid
  from: uint, ;; it fires for publications after this one
  left: uint, ;; runs still to make
  active: bool ;; false when one could not be made
})
(define-map free-places {topic: (string-ascii 40), index: uint} uint) ;; the next free place + 1
;; A task waits in a place if it says itself that this is its place.
(define-map waits {topic: (string-ascii 40), index: uint} uint)
(define-map waiting uint {topic: (string-ascii 40), index: uint})

;; --- Read-only
(define-read-only (get-topic (topic (string-ascii 40))) (map-get? topics topic))

(define-read-only (get-topic-count) (var-get topic-count))

(define-read-only (get-publication (topic (string-ascii 40)) (seq uint))
  (map-get? publications {topic: topic, seq: seq}))

(define-read-only (get-subscription (topic (string-ascii 40)) (index uint))
  (map-get? subscriptions {topic: topic, index: index}))

;; What a task waits for, also if it was cancelled or scheduled since.
(define-read-only (get-waiting (id uint)) (map-get? waiting id))

;; The topics with something to deliver among the ten from index `from` on; `next` starts the next page.
(define-read-only (get-lagging (from uint))
  (let ((count (var-get topic-count))
        (start (if (< from count) from count))
        (next (+ start (len PAGE))))
    {
      lagging: (get lagging (fold add-if-lagging PAGE {from: start, lagging: (list)})),
      next: (if (< next count) (some next) none)
    }))

;; --- Public: publishers
(define-public (create-topic (topic (string-ascii 40)))
  (let ((index (var-get topic-count))
        (record {owner: contract-caller, seq: u0, delivered: u0, cursor: u0, subs: u0, free: u0, wait-head: u0,
          wait-tail: u0}))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PUBLISHER PUBLISH))
    (asserts! (> (len topic) u0) ERR_BAD_VALUE)
    (asserts! (map-insert topics topic record) ERR_TOPIC_TAKEN)
    (map-set topic-at index topic)
    (var-set topic-count (+ index u1))
    (print (merge record {topic: "topic-created", name: topic}))
    (ok true)))

;; Publishes data on the caller's topic; returns its number there. What nobody waits for counts as delivered.
(define-public (publish (topic (string-ascii 40)) (data (buff 1024)))
  (let ((before (unwrap! (map-get? topics topic) ERR_UNKNOWN_TOPIC))
        (seq (+ (get seq before) u1))
        (limits {subs: (get subs before), waits: (get wait-tail before)})
        (is-idle (and (is-eq (get seq before) (get delivered before))
          (is-eq limits {subs: u0, waits: (get wait-head before)})))
        (next (merge before {seq: seq, delivered: (if is-idle seq (get delivered before))})))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PUBLISHER PUBLISH))
    (asserts! (is-eq contract-caller (get owner before)) ERR_NOT_OWNER)
    (map-set publications {topic: topic, seq: seq} (merge limits {data: data, at: stacks-block-height}))
    (map-set topics topic next)
    (print (merge next {topic: "topic-published", name: topic, data: data}))
    (ok seq)))

;; --- Public: subscribers and owners of held tasks
;; Has a task made for each of the next `runs` publications on a topic, with the published data as its payload, and
;; takes the price of all of them. Returns the index of the subscription.
(define-public (subscribe (topic (string-ascii 40)) (template uint) (reward uint) (runs uint))
  (let ((before (unwrap! (map-get? topics topic) ERR_UNKNOWN_TOPIC))
        (account (+ (var-get last-account) u1))
        (free (get free before))
        (index (if (> free u0) (- free u1) (get subs before)))
        (place {topic: topic, index: index})
        (record {
          owner: contract-caller, template: template, reward: reward, account: account, from: (get seq before),
          left: runs, active: true
        }))
    (try! (contract-call? .coordinator-registry authorize contract-caller ROLE_PRODUCER SCHEDULE))
    (try! (add-runs u0 runs))
    (var-set last-account account)
    (map-set subscriptions place record)
    (map-set topics topic (merge before (if (> free u0)
      {subs: (get subs before), free: (default-to u0 (map-get? free-places place))}
      {subs: (+ index u1), free: u0})))
    (print (merge record {topic: "subscription-created", name: topic, index: index}))
    (try! (prepay account template contract-caller runs reward))
    (ok index)))

;; Pays for more runs of anyone's subscription and takes it up if it had ended; returns all that is prepaid for it.
(define-public (top-up-subscription (topic (string-ascii 40)) (index uint) (runs uint))
  (let ((before (unwrap! (map-get? subscriptions {topic: topic, index: index}) ERR_UNKNOWN_SUBSCRIPTION))
        (next (merge before {left: (try! (add-runs (get left before) runs)), active: true})))
    (map-set subscriptions {topic: topic, index: index} next)
    (print (merge next {topic: "subscription-topped-up", name: topic, index: index}))
    (prepay (get account before) (get template before) (get owner before) runs (get reward before))))

;; Takes a subscription away and pays back what is left of its prepaid runs.
(define-public (unsubscribe (topic (string-ascii 40)) (index uint))
  (let ((place {topic: topic, index: index})
        (before (unwrap! (map-get? topics topic) ERR_UNKNOWN_TOPIC))
        (record (unwrap! (map-get? subscriptions place) ERR_UNKNOWN_SUBSCRIPTION)))
    (asserts! (is-eq contract-caller (get owner record)) ERR_NOT_OWNER)
    (map-delete subscriptions place)
    (map-set free-places place (get free before))
    (map-set topics topic (merge before {free: (+ index u1)}))
    (print (merge record {topic: "subscription-removed", name: topic, index: index}))
    (contract-call? .async-queue drain-series (get account record) (get owner record))))

;; Has a held task set free by the next publication on a topic, with the published data as its input.
(define-public (await-topic (id uint) (topic (string-ascii 40)))
  (let ((before (unwrap! (map-get? topics topic) ERR_UNKNOWN_TOPIC))
        (state (unwrap! (contract-call? .async-queue get-state id) ERR_NOT_HELD))
        (index (get wait-tail before))
        (place {topic: topic, index: index})
        (next (merge before {wait-tail: (+ index u1)})))
    (asserts! (is-eq contract-caller (get owner state)) ERR_NOT_OWNER)
    (asserts! (and (is-eq (get status state) TASK_PENDING) (is-eq (get gate state) GATE_HOLD)) ERR_NOT_HELD)
    (map-set waits place id)
    (map-set waiting id place)
    (map-set topics topic next)
    (print (merge next {topic: "topic-awaited", name: topic, id: id}))
    (ok true)))

;; --- Public: anyone
;; Delivers the oldest publication on a topic that is not delivered, or a part of it, to at most `n` tasks: those that
;; wait, then one for each subscription. Returns how many it set free.
(define-public (deliver (topic (string-ascii 40)) (n uint))
  (let ((before (unwrap! (map-get? topics topic) ERR_UNKNOWN_TOPIC))
        (seq (+ (get delivered before) u1)))
    (try! (contract-call? .coordinator-registry authorize contract-caller ANYONE PUBLISH))
    (asserts! (and (> n u0) (<= n MAX_FIRED)) ERR_TOO_MANY)
    (let ((publication (unwrap! (map-get? publications {topic: topic, seq: seq}) (ok u0)))
          (data (get data publication))
          (datas (list data data data data data data))
          (names (list topic topic topic topic topic topic))
          (walk (fold look-at LOOKS {
            topic: topic, seq: seq, room: n, wait: (get wait-head before), waits: (get waits publication),
            sub: (get cursor before), subs: (get subs publication), held: (list), fired: (list)
          }))
          (held (get held walk))
          (fired (get fired walk))
          (is-over (and (is-eq (get wait walk) (get waits walk)) (is-eq (get sub walk) (get subs walk))))
          (next (merge before {
            wait-head: (get wait walk),
            cursor: (if is-over u0 (get sub walk)),
            delivered: (if is-over seq (get delivered before))
          })))
      (map-set topics topic next)
      (map forget held)
      (let ((released (if (is-eq (len held) u0)
              (list)
              (try! (contract-call? .task-control release-held (map input-of held datas)))))
            (made (if (is-eq (len fired) u0)
              (list)
              (try! (contract-call? .async-queue enqueue-for (map run-of fired names datas))))))
        ;; A map over an empty list and a longer one is a runtime error.
        (if (is-eq (len made) u0) (list) (map apply-fired fired names made))
        (print (merge next {topic: "topic-delivered", name: topic}))
        (ok (fold count-ok made (fold count-ok released u0)))))))

;; --- Private: delivery
;; Looks at one task that waits, or when there is none left at one subscription.
(define-private (look-at (turn uint) (acc {topic: (string-ascii 40), seq: uint, room: uint, wait: uint, waits: uint,
    sub: uint, subs: uint, held: (list 6 uint), fired: (list 6 uint)}))
  (let ((held (get held acc))
        (fired (get fired acc))
        (wait (get wait acc))
        (sub (get sub acc))
        (is-waiting (< wait (get waits acc)))
        (place {topic: (get topic acc), index: (if is-waiting wait sub)}))
    (if (is-eq (+ (len held) (len fired)) (get room acc))
      acc
      (if is-waiting
        (let ((id (default-to u0 (map-get? waits place)))
              (is-there (is-eq (map-get? waiting id) (some place))))
          (merge acc {
            wait: (+ wait u1),
            held: (if is-there (default-to held (as-max-len? (append held id) u6)) held)
          }))
        (if (< sub (get subs acc))
          (let ((record (subscription-at place))
                (fires (and (get active record) (> (get left record) u0) (< (get from record) (get seq acc)))))
            (merge acc {
              sub: (+ sub u1),
              fired: (if fires (default-to fired (as-max-len? (append fired sub) u6)) fired)
            }))
          acc)))))

(define-private (subscription-at (place {topic: (string-ascii 40), index: uint}))
  (default-to NO_SUBSCRIPTION (map-get? subscriptions place)))

(define-private (forget (id uint)) (map-delete waiting id))

(define-private (input-of (id uint) (data (buff 1024))) {id: id, input: data})

(define-private (run-of (index uint) (topic (string-ascii 40)) (data (buff 1024)))
  (let ((record (subscription-at {topic: topic, index: index})))
    {
      owner: (get owner record), template: (get template record), series: (get account record), origin: none,
      clock: u0, at: u0, priority: none, reward: (get reward record), reward-min: none, deadline: none, hold: false,
      tag: none, key: none, parents: (list), after-items: (list), lax: false, payload: data
    }))

(define-private (apply-fired (index uint) (topic (string-ascii 40)) (made (response uint uint)))
  (let ((place {topic: topic, index: index})
        (before (subscription-at place))
        (next (merge before (match made
          id {left: (- (get left before) u1), active: true}
          code {left: (get left before), active: false}))))
    (map-set subscriptions place next)
    (print (merge next (match made
      id {topic: "subscription-fired", name: topic, index: index, id: id, reason: u0}
      code {topic: "subscription-ended", name: topic, index: index, id: u0, reason: code})))))

(define-private (count-ok (result (response uint uint)) (count uint)) (if (is-ok result) (+ count u1) count))

;; --- Private: prepaid runs
(define-private (add-runs (left uint) (runs uint))
  (begin
    (asserts! (and (> runs u0) (<= runs MAX_RUNS) (<= (+ left runs) MAX_RUNS)) ERR_RUNS)
    (ok (+ left runs))))

(define-private (prepay (account uint) (template uint) (owner principal) (runs uint) (reward uint))
  (let ((terms (try! (contract-call? .async-task-factory resolve template owner))))
    (asserts! (and (>= reward (get min-reward terms)) (<= reward MAX_REWARD)) ERR_BAD_VALUE)
    (contract-call? .async-queue fund-series contract-caller account (* runs reward (get steps terms)))))

;; --- Private: pages
(define-private (add-if-lagging (offset uint) (acc {from: uint, lagging: (list 10 (string-ascii 40))}))
  (let ((topic (default-to "" (map-get? topic-at (+ (get from acc) offset))))
        (lagging (get lagging acc))
        (lags (match (map-get? topics topic) record (> (get seq record) (get delivered record)) false)))
    (if lags (merge acc {lagging: (default-to lagging (as-max-len? (append lagging topic) u10))}) acc)))
