;; title: task-index
;; synopsis: the order of tasks: FIFO lanes by priority, and the due index over three clocks
;; depends on: nothing
;; who may call: async-queue alone writes; anyone reads
;; prints: nothing
;; limits: 128 queues of 16 lanes, instants below 2^35, 20 tasks a call
;;
;; A lane (queue * 16 + priority) and a due bucket (one instant of one clock) are both a *list*: entries numbered from
;; `head` up to, not including, `tail`. An entry taken out of the middle leaves a dead slot; a run of dead slots stores
;; at each of its two ends where the other end is. A run that touches the tail is cut off, so the last slot always
;; holds a live entry: a list is empty exactly when head = tail, and the first live entry is one jump away at most.
;; Words say which lanes hold entries: word i has bit b set exactly when lane 128 i + b is not empty. The radix tree
;; says it of due buckets: five levels of 128-bit nodes; a bit is set exactly when something below it is not empty.

;; --- Errors
(define-constant ERR_QUEUE_ONLY (err u1250)) ;; only the async-queue contract may call this

;; --- Constants
(define-constant EMPTY_LIST {head: u1, tail: u1, dead: u0})
(define-constant DEAD (pow u2 u120)) ;; added to the other end of a dead run; every live value is below
(define-constant LANE_UNIT (pow u2 u96)) ;; a due entry is lane * 2^96 + id
(define-constant DUE_LISTS (pow u2 u64)) ;; the bucket of an instant is list 2^64 + clock * 2^40 + instant
(define-constant CLOCK_UNIT (pow u2 u40))
(define-constant NEVER (pow u2 u35)) ;; later than every instant
(define-constant MAX_QUEUES u128)
(define-constant LANES u16)
(define-constant WORD_BITS u128)
(define-constant LEVELS_UP (list u0 u1 u2 u3 u4))
(define-constant LEVELS_DOWN (list u4 u3 u2 u1 u0))
(define-constant WORDS (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15))
(define-constant TURNS (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15 u16 u17 u18 u19))
;; A call stops when it has spent this: 1 for a task, 1 more for the first of a window of 128 instants. Twenty tasks
;; of one window fit; a call with instants far apart stays inside 300 reads.
(define-constant MAX_WEIGHT u21)

;; --- Data
(define-map words uint uint)
(define-map lists uint {head: uint, tail: uint, dead: uint}) ;; dead: slots in [head, tail) that hold no entry
(define-map slots {list: uint, seq: uint} uint)
(define-map radix {clock: uint, level: uint, node: uint} uint)

;; --- Read-only
(define-read-only (get-list (list-key uint))
  (default-to EMPTY_LIST (map-get? lists list-key)))

;; Tasks waiting in each lane of a queue, by priority.
(define-read-only (get-depths (queue uint))
  (let ((q (* (if (< queue MAX_QUEUES) queue MAX_QUEUES) LANES)))
    (map count-lane (map + WORDS (list q q q q q q q q q q q q q q q q)))))

;; The first due instant of each clock and the words of all lanes: where there is work, whatever its amount.
(define-read-only (get-next)
  {due: (map get-first-due (list u0 u1 u2)), words: (map get-word WORDS)})

(define-read-only (get-first-due (clock uint))
  (let ((first (find-first-due clock)))
    (if (is-eq (get at first) NEVER) none (some (get at first)))))

;; The next tasks of a clock, at most four and only those of the first window of 128 instants that has any.
(define-read-only (get-due (clock uint))
  (let ((first (find-first-due clock)))
    (get entries (fold add-due (list u0 u1 u2 u3) {
      clock: clock, window: (/ (get at first) WORD_BITS), word: (get word first), at: u0, bucket: EMPTY_LIST,
      entries: (list)
    }))))

;; --- Public: async-queue
;; Appends a task to a lane; returns its number there.
(define-public (push-lane (lane uint) (id uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (ok (append-to-lane lane id))))

;; Takes up to `n` tasks of a queue, the most urgent lane first, the first entered first.
(define-public (pop-lanes (queue uint) (n uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (let ((key (/ queue u8))
          (shift (* (mod queue u8) LANES))
          (word (get-word key))
          (lanes (bit-and (bit-shift-right word shift) u65535))
          (popped (fold pop-lane TURNS {
            queue: queue, left: n, lanes: lanes, record: EMPTY_LIST, ids: (list)
          }))
          (record (get record popped)))
      (if (is-empty record)
        false
        (map-set lists (+ (* queue LANES) (log2 (get lanes popped))) record))
      (if (is-eq lanes (get lanes popped))
        false
        (map-set words key (bit-xor word (bit-shift-left (bit-xor lanes (get lanes popped)) shift))))
      (ok (get ids popped)))))

;; Appends tasks to the due buckets of their instants; returns where each stands, list u0 for none.
(define-public (push-due (entries (list 12 (optional {clock: uint, at: uint, lane: uint, id: uint}))))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (ok (map append-to-bucket entries))))

;; Moves up to `n` tasks whose instant has come from their buckets into their lanes, the earliest instant first.
(define-public (promote (clock uint) (now uint) (n uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (let ((promoted (fold promote-first TURNS {
            clock: clock, now: now, left: n, spent: u0, window: NEVER, word: u0, at: NEVER, bucket: EMPTY_LIST,
            moved: (list)
          }))
          (bucket (get bucket promoted)))
      (if (is-empty bucket)
        false
        (map-set lists (bucket-of clock (get at promoted)) bucket))
      (ok (get moved promoted)))))

;; Takes an entry out of wherever it stands in its list. Its two neighbours tell the dead runs beside it.
(define-public (remove (list-key uint) (seq uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (let ((record (get-list list-key))
          (head (get head record))
          (tail (get tail record))
          (before (if (> seq head) (get-slot list-key (- seq u1)) u0))
          (after (if (< (+ seq u1) tail) (get-slot list-key (+ seq u1)) u0))
          (start (if (>= before DEAD) (- before DEAD) seq))
          (end (if (>= after DEAD) (- after DEAD) seq))
          (next (if (is-eq (+ end u1) tail)
            {head: head, tail: start, dead: (- (get dead record) (- end start))}
            (if (is-eq start head)
              {head: (+ end u1), tail: tail, dead: (- (get dead record) (- end start))}
              {head: head, tail: tail, dead: (+ (get dead record) u1)}))))
      (map-set lists list-key next)
      (if (is-empty next)
        (if (< list-key DUE_LISTS)
          (toggle-lane list-key)
          (unmark (/ (- list-key DUE_LISTS) CLOCK_UNIT) (mod list-key CLOCK_UNIT)))
        (if (> (get dead next) (get dead record))
          (begin
            (map-set slots {list: list-key, seq: start} (+ DEAD end))
            (if (is-eq start end) true (map-set slots {list: list-key, seq: end} (+ DEAD start))))
          true))
      (ok true))))

;; --- Private: lists
(define-private (is-empty (record {head: uint, tail: uint, dead: uint}))
  (is-eq (get head record) (get tail record)))

(define-private (get-slot (list-key uint) (seq uint))
  (default-to u0 (map-get? slots {list: list-key, seq: seq})))

(define-private (append-to (list-key uint) (value uint) (record {head: uint, tail: uint, dead: uint}))
  (begin
    (map-set slots {list: list-key, seq: (get tail record)} value)
    (map-set lists list-key (merge record {tail: (+ (get tail record) u1)}))))

;; The first live entry of a list that is not empty, and the list without it.
(define-private (shift-from (list-key uint) (record {head: uint, tail: uint, dead: uint}))
  (let ((head (get head record))
        (first (get-slot list-key head))
        (seq (if (>= first DEAD) (+ (- first DEAD) u1) head)))
    {
      value: (if (is-eq seq head) first (get-slot list-key seq)),
      rest: (merge record {head: (+ seq u1), dead: (- (get dead record) (- seq head))})
    }))

;; --- Private: lanes
(define-private (get-word (key uint))
  (default-to u0 (map-get? words key)))

(define-private (count-lane (lane uint))
  (let ((record (get-list lane)))
    (- (get tail record) (get head record) (get dead record))))

(define-private (toggle-lane (lane uint))
  (let ((key (/ lane WORD_BITS)))
    (map-set words key (bit-xor (get-word key) (bit-shift-left u1 (mod lane WORD_BITS))))))

(define-private (append-to-lane (lane uint) (id uint))
  (let ((record (get-list lane)))
    (append-to lane id record)
    (if (is-empty record) (toggle-lane lane) true)
    (get tail record)))

;; `record` is the list of the highest lane in `lanes` once something was taken from it, empty before.
(define-private (pop-lane (turn uint) (acc {
    queue: uint, left: uint, lanes: uint, record: {head: uint, tail: uint, dead: uint}, ids: (list 20 uint)}))
  (if (or (is-eq (get left acc) u0) (is-eq (get lanes acc) u0))
    acc
    (let ((priority (log2 (get lanes acc)))
          (lane (+ (* (get queue acc) LANES) priority))
          (record (if (is-empty (get record acc)) (get-list lane) (get record acc)))
          (taken (shift-from lane record))
          (is-last (is-empty (get rest taken))))
      (if is-last (map-set lists lane (get rest taken)) true)
      (merge acc {
        left: (- (get left acc) u1),
        lanes: (if is-last (bit-xor (get lanes acc) (bit-shift-left u1 priority)) (get lanes acc)),
        record: (get rest taken),
        ids: (default-to (get ids acc) (as-max-len? (append (get ids acc) (get value taken)) u20))
      }))))

;; --- Private: due buckets
(define-private (bucket-of (clock uint) (at uint))
  (+ DUE_LISTS (* clock CLOCK_UNIT) at))

(define-private (lowest-bit (word uint))
  (log2 (bit-and word (+ (bit-not word) u1))))

(define-private (append-to-bucket (entry (optional {clock: uint, at: uint, lane: uint, id: uint})))
  (match entry
    due (let ((list-key (bucket-of (get clock due) (get at due)))
              (record (get-list list-key)))
      (append-to list-key (+ (* (get lane due) LANE_UNIT) (get id due)) record)
      (if (is-empty record) (mark (get clock due) (get at due)) true)
      {list: list-key, seq: (get tail record)})
    {list: u0, seq: u0}))

;; Sets the bit of an instant, and of the nodes above as long as they were empty.
(define-private (mark (clock uint) (at uint))
  (get going (fold mark-level LEVELS_UP {clock: clock, rest: at, going: true})))

(define-private (mark-level (level uint) (acc {clock: uint, rest: uint, going: bool}))
  (if (get going acc)
    (let ((key {clock: (get clock acc), level: level, node: (/ (get rest acc) WORD_BITS)})
          (word (default-to u0 (map-get? radix key))))
      (map-set radix key (bit-or word (bit-shift-left u1 (mod (get rest acc) WORD_BITS))))
      (merge acc {rest: (get node key), going: (is-eq word u0)}))
    acc))

;; Clears the bit of an instant, and of the nodes above as long as that empties them.
(define-private (unmark (clock uint) (at uint))
  (get going (fold unmark-level LEVELS_UP {clock: clock, rest: at, going: true})))

(define-private (unmark-level (level uint) (acc {clock: uint, rest: uint, going: bool}))
  (if (get going acc)
    (let ((key {clock: (get clock acc), level: level, node: (/ (get rest acc) WORD_BITS)})
          (word (bit-xor (default-to u0 (map-get? radix key)) (bit-shift-left u1 (mod (get rest acc) WORD_BITS)))))
      (map-set radix key word)
      (merge acc {rest: (get node key), going: (is-eq word u0)}))
    acc))

;; The first instant of a clock that holds a task, NEVER if none does, and the word of its window.
(define-private (find-first-due (clock uint))
  (fold descend LEVELS_DOWN {clock: clock, at: u0, word: u1}))

(define-private (descend (level uint) (acc {clock: uint, at: uint, word: uint}))
  (if (is-eq (get word acc) u0)
    acc
    (let ((word (default-to u0 (map-get? radix {clock: (get clock acc), level: level, node: (get at acc)}))))
      ;; Below the root no node that is reached is empty.
      (if (is-eq word u0)
        (merge acc {at: NEVER, word: u0})
        (merge acc {at: (+ (* (get at acc) WORD_BITS) (lowest-bit word)), word: word})))))

(define-private (promote-first (turn uint) (acc {
    clock: uint, now: uint, left: uint, spent: uint, window: uint, word: uint, at: uint,
    bucket: {head: uint, tail: uint, dead: uint}, moved: (list 20 {id: uint, lane: uint, seq: uint})}))
  (if (or (is-eq (get left acc) u0) (>= (get spent acc) MAX_WEIGHT))
    acc
    (let ((first (if (> (get word acc) u0)
            {at: (+ (* (get window acc) WORD_BITS) (lowest-bit (get word acc))), word: (get word acc)}
            (let ((found (find-first-due (get clock acc)))) {at: (get at found), word: (get word found)})))
          (at (get at first)))
      (if (or (is-eq at NEVER) (> at (get now acc)))
        (merge acc {left: u0})
        (let ((list-key (bucket-of (get clock acc) at))
              (taken (shift-from list-key (if (is-empty (get bucket acc)) (get-list list-key) (get bucket acc))))
              (lane (/ (get value taken) LANE_UNIT))
              (id (mod (get value taken) LANE_UNIT))
              (is-last (is-empty (get rest taken)))
              (entry {id: id, lane: lane, seq: (append-to-lane lane id)}))
          (if is-last
            (begin (map-set lists list-key (get rest taken)) (unmark (get clock acc) at))
            true)
          (merge acc {
            left: (- (get left acc) u1),
            spent: (+ (get spent acc) (if (is-eq (get word acc) u0) u2 u1)),
            window: (/ at WORD_BITS),
            word: (if is-last (bit-and (get word first) (- (get word first) u1)) (get word first)),
            at: at,
            bucket: (get rest taken),
            moved: (default-to (get moved acc) (as-max-len? (append (get moved acc) entry) u20))
          }))))))

(define-private (add-due (turn uint) (acc {
    clock: uint, window: uint, word: uint, at: uint, bucket: {head: uint, tail: uint, dead: uint},
    entries: (list 4 {at: uint, lane: uint, id: uint})}))
  (if (is-eq (get word acc) u0)
    acc
    (let ((at (+ (* (get window acc) WORD_BITS) (lowest-bit (get word acc))))
          (list-key (bucket-of (get clock acc) at))
          (taken (shift-from list-key (if (is-empty (get bucket acc)) (get-list list-key) (get bucket acc))))
          (entry {at: at, lane: (/ (get value taken) LANE_UNIT), id: (mod (get value taken) LANE_UNIT)}))
      (merge acc {
        word: (if (is-empty (get rest taken)) (bit-and (get word acc) (- (get word acc) u1)) (get word acc)),
        at: at,
        bucket: (get rest taken),
        entries: (default-to (get entries acc) (as-max-len? (append (get entries acc) entry) u4))
      }))))
