;; title: task-index
;; synopsis: the order of tasks: FIFO lanes by priority, the due index over three clocks, and dead letters
;; depends on: nothing
;; who may call: async-queue alone writes; anyone reads
;; prints: nothing
;; limits: 128 queues of 16 lanes, instants below 2^35, 20 tasks a call
;;
;; A lane (queue * 16 + priority), a due bucket (one instant of one clock) and the dead letters of a queue are all a
;; *list*: entries numbered from `head` up to, not including, `tail`. An entry taken out of the middle leaves a dead
;; slot, which is marked; a run of dead slots stores at each of its two ends where the other end is. A run that touches
;; the tail is cut off, so the last slot always holds a live entry: a list is empty exactly when head = tail, and the
;; first live entry is one jump away at most.
;; Words say which lanes hold entries: word i has bit b set exactly when lane 128 i + b is not empty. The radix tree
;; says it of due buckets: five levels of 128-bit nodes; a bit is set exactly when something below it is not empty.
;; A call that puts or takes many keeps in its *hand* the list it works on, and the word of lanes that it sets bits of:
;; each is written when the call turns to another, and at its end. So are the two lowest nodes of the tree by `promote`.

;; --- Errors
(define-constant ERR_QUEUE_ONLY (err u1250)) ;; only async-queue may call this; of promote, only task-scheduler

;; --- Constants
(define-constant EMPTY_LIST {head: u1, tail: u1, dead: u0})
(define-constant NO_LIST u4095) ;; the key of no list: lanes are below, dead letters and due buckets above
(define-constant NO_WORD u16) ;; the key of no word
(define-constant EMPTY_HAND {list: NO_LIST, head: u1, tail: u1, dead: u0, key: NO_WORD, word: u0})
(define-constant DEAD (pow u2 u120)) ;; a dead slot holds this + a number, at an end of its run that of the other end
(define-constant LANE_UNIT (pow u2 u96)) ;; a due entry is lane * 2^96 + id,
(define-constant OCCURRENCE u2048) ;; and lane + 2048 for the occurrence of a series
(define-constant LETTERS u4096) ;; the dead letters of a queue are list 4096 + queue
(define-constant DUE_LISTS (pow u2 u64)) ;; the bucket of an instant is list 2^64 + clock * 2^40 + instant
(define-constant CLOCK_UNIT (pow u2 u40))
(define-constant NEVER (pow u2 u35)) ;; later than every instant
(define-constant MAX_QUEUES u128)
(define-constant LANES u16)
(define-constant WORD_BITS u128)
(define-constant LEVELS_UP (list u0 u1 u2 u3 u4))
(define-constant LEVELS_ABOVE (list u2 u3 u4))
(define-constant LEVELS_DOWN (list u4 u3 u2 u1)) ;; to a window
(define-constant WORDS (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15))
(define-constant TURNS (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11 u12 u13 u14 u15 u16 u17 u18 u19))
;; Where a move puts its task; u0 is nowhere.
(define-constant INTO_LANE u1)
(define-constant INTO_DUE u2)
(define-constant INTO_LETTERS u3)
;; A call of `promote` stops when it has spent this: 1 for a plain task, 3 for an occurrence, after which the scheduler
;; makes the next one, and 1 more for the first of a window of 128 instants. Twenty plain tasks of one window fit, seven
;; occurrences at most; a call with instants far apart stays inside 300 reads.
(define-constant MAX_WEIGHT u21)
(define-constant OCCURRENCE_WEIGHT u3)

;; --- Data
(define-map words uint uint)
(define-map lists uint {head: uint, tail: uint, dead: uint}) ;; dead: slots in [head, tail) that hold no entry
(define-map slots {list: uint, seq: uint} uint)
(define-map radix {clock: uint, level: uint, node: uint} uint)
(define-map guards uint {every: uint, turn: uint}) ;; by queue; turn: tasks taken since the guard's last, below every

;; --- Read-only
(define-read-only (get-list (list-key uint))
  (default-to EMPTY_LIST (map-get? lists list-key)))

;; The tasks of a lane or of the dead letters of a queue, those among 20 numbers from `from` or the head, whichever is
;; later; `next` is where the next page begins.
(define-read-only (get-list-page (list-key uint) (from uint))
  (let ((record (get-list list-key))
        (page (fold add-entry TURNS {
          list: list-key, seq: (if (> from (get head record)) from (get head record)), tail: (get tail record),
          ids: (list)
        })))
    {ids: (get ids page), next: (if (< (get seq page) (get tail page)) (some (get seq page)) none)}))

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
      clock: clock, window: (/ (get at first) WORD_BITS), word: (get word first), bucket: EMPTY_HAND, entries: (list)
    }))))

;; --- Public: async-queue
;; Takes every task out of its place (seq u0: it has none), then puts each where `into` says; returns the new places,
;; list u0 and seq u0 for none. An item that is an error is passed over. In a list, tasks stand in the order of `moves`.
(define-public (relocate
    (moves (list 20 (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint,
      into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint))))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (map leave-place moves)
    (let ((entered (fold enter-place moves {hand: EMPTY_HAND, places: (list)})))
      (write-list (get hand entered))
      (write-word (get hand entered))
      (ok (get places entered)))))

;; Takes up to `n` tasks of a queue, the most urgent lane first, the first entered first. In a queue with a guard, every
;; `every`-th task, counted over all calls, is the first of the least urgent lane that holds any.
(define-public (pop-lanes (queue uint) (n uint))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (let ((key (/ queue u8))
          (shift (* (mod queue u8) LANES))
          (word (get-word key))
          (lanes (bit-and (bit-shift-right word shift) u65535))
          (guard (default-to {every: u0, turn: u0} (map-get? guards queue)))
          (popped (fold pop-lane TURNS {
            queue: queue, left: n, lanes: lanes, every: (get every guard), turn: (get turn guard), hand: EMPTY_HAND,
            ids: (list)
          })))
      (write-list (get hand popped))
      (if (is-eq lanes (get lanes popped))
        false
        (map-set words key (bit-xor word (bit-shift-left (bit-xor lanes (get lanes popped)) shift))))
      (if (or (is-eq (get every guard) u0) (is-eq (get left popped) n))
        false
        (map-set guards queue {every: (get every guard), turn: (get turn popped)}))
      (ok (get ids popped)))))

;; Guards the least urgent tasks of a queue from starving; u0 for no guard. Setting what is set already changes nothing.
(define-public (set-guards (rules (list 20 {queue: uint, every: uint})))
  (begin
    (asserts! (is-eq contract-caller .async-queue) ERR_QUEUE_ONLY)
    (map set-guard rules)
    (ok true)))

;; Moves up to `n` tasks whose instant has come from their buckets into their lanes, the earliest instant first.
(define-public (promote (clock uint) (now uint) (n uint))
  (begin
    (asserts! (is-eq contract-caller .task-scheduler) ERR_QUEUE_ONLY)
    (let ((promoted (fold promote-first TURNS {
            clock: clock, now: now, left: n, spent: u0, node: u0, windows: u0, known: u0, word: u0, found: u0,
            bucket: EMPTY_HAND, lane: EMPTY_HAND, moved: (list)
          }))
          (node (get node promoted))
          (windows (get windows promoted))
          (word (get word promoted)))
      (write-list (get bucket promoted))
      (write-list (get lane promoted))
      (write-word (get lane promoted))
      (if (is-eq word (get found promoted)) false
        (map-set radix {clock: clock, level: u0, node: (+ (* node WORD_BITS) (lowest-bit windows))} word))
      (if (is-eq windows (get known promoted)) false (map-set radix {clock: clock, level: u1, node: node} windows))
      (ok (get moved promoted)))))

;; --- Private: lists
(define-private (is-empty (hand {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}))
  (is-eq (get head hand) (get tail hand)))

(define-private (get-slot (list-key uint) (seq uint))
  (default-to u0 (map-get? slots {list: list-key, seq: seq})))

(define-private (write-list (hand {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}))
  (if (is-eq (get list hand) NO_LIST)
    false
    (map-set lists (get list hand) {head: (get head hand), tail: (get tail hand), dead: (get dead hand)})))

(define-private (write-word (hand {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}))
  (if (is-eq (get key hand) NO_WORD) false (map-set words (get key hand) (get word hand))))

;; Who turns to a list or a word changes it, so what is in the hand is always to be written.
(define-private (turn-to (list-key uint) (hand {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}))
  (if (is-eq (get list hand) list-key)
    hand
    (begin
      (write-list hand)
      (merge hand (merge (get-list list-key) {list: list-key})))))

;; Appends a value to a list, which is in the hand then; its number is the one before the tail.
(define-private (append-to (list-key uint) (value uint)
    (hand {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}))
  (let ((before (turn-to list-key hand)))
    (map-set slots {list: list-key, seq: (get tail before)} value)
    (merge (if (is-empty before) (occupy list-key before) before) {tail: (+ (get tail before) u1)})))

;; Says that a list which was empty holds an entry; dead letters have no bit to say it.
(define-private (occupy (list-key uint) (hand {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}))
  (if (< list-key NO_LIST)
    (let ((key (/ list-key WORD_BITS))
          (bit (bit-shift-left u1 (mod list-key WORD_BITS))))
      (if (is-eq key (get key hand))
        (merge hand {word: (bit-or (get word hand) bit)})
        (begin
          (write-word hand)
          (merge hand {key: key, word: (bit-or (get-word key) bit)}))))
    (begin
      (if (< list-key DUE_LISTS) true (toggle-instant list-key))
      hand)))

;; Says that a list is empty now.
(define-private (vacate (list-key uint))
  (if (< list-key NO_LIST)
    (let ((key (/ list-key WORD_BITS)))
      (map-set words key (bit-xor (get-word key) (bit-shift-left u1 (mod list-key WORD_BITS)))))
    (if (< list-key DUE_LISTS) true (toggle-instant list-key))))

;; The first live entry of a list that is not empty, and the list without it.
(define-private (shift-from (hand {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}))
  (let ((head (get head hand))
        (first (get-slot (get list hand) head))
        (seq (if (>= first DEAD) (+ (- first DEAD) u1) head)))
    {
      value: (if (is-eq seq head) first (get-slot (get list hand) seq)),
      rest: (merge hand {head: (+ seq u1), dead: (- (get dead hand) (- seq head))})
    }))

;; Takes an entry out of wherever it stands in its list. Its two neighbours tell the dead runs beside it.
(define-private (remove (list-key uint) (seq uint))
  (let ((record (get-list list-key))
        (head (get head record))
        (tail (get tail record))
        (before (if (> seq head) (get-slot list-key (- seq u1)) u0))
        (after (if (< (+ seq u1) tail) (get-slot list-key (+ seq u1)) u0))
        (start (if (>= before DEAD) (- before DEAD) seq))
        (end (if (>= after DEAD) (- after DEAD) seq))
        (is-first (is-eq start head))
        (is-last (is-eq (+ end u1) tail)))
    (map-set lists list-key {
      head: (if (and is-first (not is-last)) (+ end u1) head),
      tail: (if is-last start tail),
      dead: (if (or is-first is-last) (- (get dead record) (- end start)) (+ (get dead record) u1))
    })
    (if (or is-first is-last)
      (if (and is-first is-last) (vacate list-key) true)
      (begin
        (map-set slots {list: list-key, seq: start} (+ DEAD end))
        (if (is-eq start end) true (map-set slots {list: list-key, seq: end} (+ DEAD start)))
        (if (and (< start seq) (< seq end)) (map-set slots {list: list-key, seq: seq} (+ DEAD seq)) true)))))

(define-private (add-entry (turn uint) (acc {list: uint, seq: uint, tail: uint, ids: (list 20 uint)}))
  (if (>= (get seq acc) (get tail acc))
    acc
    (let ((value (get-slot (get list acc) (get seq acc)))
          (ids (get ids acc)))
      (merge acc {
        seq: (+ (get seq acc) u1),
        ids: (if (>= value DEAD) ids (default-to ids (as-max-len? (append ids (mod value LANE_UNIT)) u20)))
      }))))

;; --- Private: moves
(define-private (leave-place
    (item (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint,
      into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint)))
  (match item
    move (if (> (get seq move) u0) (remove (get list move) (get seq move)) true)
    refusal true))

(define-private (enter-place
    (item (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint,
      into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint))
    (acc {hand: {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint},
      places: (list 20 {list: uint, seq: uint})}))
  (match item
    move (let ((into (get into move))
          (lane (get lane move))
          (id (get id move)))
      (if (is-eq into INTO_LANE) (put lane id acc)
        (if (is-eq into INTO_DUE)
          (put (bucket-of (get clock move) (get at move))
            (+ (* (if (> (get series move) u0) (+ lane OCCURRENCE) lane) LANE_UNIT) id) acc)
          (if (is-eq into INTO_LETTERS) (put (+ LETTERS (/ lane LANES)) id acc)
            (put NO_LIST u0 acc)))))
    refusal (put NO_LIST u0 acc)))

(define-private (put (list-key uint) (value uint)
    (acc {hand: {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint},
      places: (list 20 {list: uint, seq: uint})}))
  (let ((is-nowhere (is-eq list-key NO_LIST))
        (hand (if is-nowhere (get hand acc) (append-to list-key value (get hand acc))))
        (place (if is-nowhere {list: u0, seq: u0} {list: list-key, seq: (- (get tail hand) u1)})))
    {hand: hand, places: (default-to (get places acc) (as-max-len? (append (get places acc) place) u20))}))

;; --- Private: lanes
(define-private (set-guard (rule {queue: uint, every: uint}))
  (if (is-eq (get every rule) (get every (default-to {every: u0, turn: u0} (map-get? guards (get queue rule)))))
    false
    (map-set guards (get queue rule) {every: (get every rule), turn: u0})))

(define-private (get-word (key uint))
  (default-to u0 (map-get? words key)))

(define-private (count-lane (lane uint))
  (let ((record (get-list lane)))
    (- (get tail record) (get head record) (get dead record))))

(define-private (pop-lane (turn uint) (acc {
    queue: uint, left: uint, lanes: uint, every: uint, turn: uint,
    hand: {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint}, ids: (list 20 uint)}))
  (if (or (is-eq (get left acc) u0) (is-eq (get lanes acc) u0))
    acc
    (let ((next-turn (+ (get turn acc) u1))
          (is-guarded (is-eq next-turn (get every acc)))
          (priority (if is-guarded (lowest-bit (get lanes acc)) (log2 (get lanes acc))))
          (taken (shift-from (turn-to (+ (* (get queue acc) LANES) priority) (get hand acc))))
          (is-last (is-empty (get rest taken))))
      (merge acc {
        left: (- (get left acc) u1),
        lanes: (if is-last (bit-xor (get lanes acc) (bit-shift-left u1 priority)) (get lanes acc)),
        turn: (if is-guarded u0 next-turn),
        hand: (get rest taken),
        ids: (default-to (get ids acc) (as-max-len? (append (get ids acc) (get value taken)) u20))
      }))))

;; --- Private: due buckets
(define-private (bucket-of (clock uint) (at uint))
  (+ DUE_LISTS (* clock CLOCK_UNIT) at))

(define-private (lowest-bit (word uint))
  (log2 (bit-and word (+ (bit-not word) u1))))

;; Flips the bit of an instant, and those of the nodes above as long as that fills an empty node or empties one.
(define-private (toggle-instant (bucket uint))
  (get going (fold toggle-level LEVELS_UP {
    clock: (/ (- bucket DUE_LISTS) CLOCK_UNIT), rest: (mod bucket CLOCK_UNIT), going: true
  })))

;; Says that a node of windows is empty; clears the bits of the nodes above as long as that empties them.
(define-private (vacate-node (clock uint) (node uint))
  (begin
    (map-set radix {clock: clock, level: u1, node: node} u0)
    (get going (fold toggle-level LEVELS_ABOVE {clock: clock, rest: node, going: true}))))

(define-private (toggle-level (level uint) (acc {clock: uint, rest: uint, going: bool}))
  (if (get going acc)
    (let ((key {clock: (get clock acc), level: level, node: (/ (get rest acc) WORD_BITS)})
          (before (default-to u0 (map-get? radix key)))
          (after (bit-xor before (bit-shift-left u1 (mod (get rest acc) WORD_BITS)))))
      (map-set radix key after)
      (merge acc {rest: (get node key), going: (or (is-eq before u0) (is-eq after u0))}))
    acc))

;; The first instant of a clock that holds a task, NEVER if none does, and the word of its window.
(define-private (find-first-due (clock uint)) (descend u0 (find-first-window clock)))

;; The first window of 128 instants that holds a task, and the word of its node.
(define-private (find-first-window (clock uint)) (fold descend LEVELS_DOWN {clock: clock, at: u0, word: u1}))

(define-private (descend (level uint) (acc {clock: uint, at: uint, word: uint}))
  (if (is-eq (get word acc) u0)
    acc
    (let ((word (default-to u0 (map-get? radix {clock: (get clock acc), level: level, node: (get at acc)}))))
      ;; Below the root no node that is reached is empty.
      (if (is-eq word u0)
        (merge acc {at: NEVER, word: u0})
        (merge acc {at: (+ (* (get at acc) WORD_BITS) (lowest-bit word)), word: word})))))

;; A due entry by its parts.
(define-private (parse-due (value uint))
  (let ((lane (/ value LANE_UNIT)))
    {id: (mod value LANE_UNIT), lane: (mod lane OCCURRENCE), is-occurrence: (>= lane OCCURRENCE)}))

;; `word` is what is left of a window, the first in `windows`, which is what is left of the node `node`; each is u0 when
;; the next one is to be found. `found` and `known` are what of them stands in the tree. A word is written when nothing is
;; left of it, and at the end of the call.
(define-private (promote-first (turn uint) (acc {
    clock: uint, now: uint, left: uint, spent: uint, node: uint, windows: uint, known: uint, word: uint, found: uint,
    bucket: {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint},
    lane: {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint},
    moved: (list 20 {id: uint, lane: uint, seq: uint})}))
  (if (or (is-eq (get left acc) u0) (>= (get spent acc) MAX_WEIGHT))
    acc
    (let ((clock (get clock acc))
          (is-far (is-eq (get windows acc) u0))
          (is-new (is-eq (get word acc) u0))
          (window (if is-far
            (find-first-window clock)
            {clock: clock, at: (+ (* (get node acc) WORD_BITS) (lowest-bit (get windows acc))),
              word: (get windows acc)}))
          (first (if is-new
            (descend u0 window)
            {clock: clock, at: (+ (* (get at window) WORD_BITS) (lowest-bit (get word acc))), word: (get word acc)}))
          (at (get at first))
          (word (get word first)))
      (if (or (is-eq at NEVER) (> at (get now acc)))
        (merge acc {left: u0})
        (let ((taken (shift-from (turn-to (bucket-of clock at) (get bucket acc))))
              (due (parse-due (get value taken)))
              (lane (append-to (get lane due) (get id due) (get lane acc)))
              (rest (if (is-empty (get rest taken)) (bit-and word (- word u1)) word))
              (windows (get word window))
              (windows-left (if (is-eq rest u0) (bit-and windows (- windows u1)) windows))
              (node (/ (get at window) WORD_BITS))
              (entry {id: (get id due), lane: (get lane due), seq: (- (get tail lane) u1)}))
          (if (is-eq rest u0) (map-set radix {clock: clock, level: u0, node: (get at window)} u0) true)
          (if (is-eq windows-left u0) (vacate-node clock node) true)
          (merge acc {
            left: (- (get left acc) u1),
            spent: (+ (get spent acc) (if is-new u1 u0) (if (get is-occurrence due) OCCURRENCE_WEIGHT u1)),
            node: node,
            windows: windows-left,
            known: (if (is-eq windows-left u0) u0 (if is-far windows (get known acc))),
            word: rest,
            found: (if (is-eq rest u0) u0 (if is-new word (get found acc))),
            bucket: (get rest taken),
            lane: lane,
            moved: (default-to (get moved acc) (as-max-len? (append (get moved acc) entry) u20))
          }))))))

(define-private (add-due (turn uint) (acc {
    clock: uint, window: uint, word: uint,
    bucket: {list: uint, head: uint, tail: uint, dead: uint, key: uint, word: uint},
    entries: (list 4 {at: uint, lane: uint, id: uint})}))
  (if (is-eq (get word acc) u0)
    acc
    (let ((word (get word acc))
          (at (+ (* (get window acc) WORD_BITS) (lowest-bit word)))
          (list-key (bucket-of (get clock acc) at))
          (bucket (get bucket acc))
          (taken (shift-from (if (is-eq list-key (get list bucket))
            bucket
            (merge bucket (merge (get-list list-key) {list: list-key})))))
          (due (parse-due (get value taken)))
          (entry {at: at, lane: (get lane due), id: (get id due)}))
      (merge acc {
        word: (if (is-empty (get rest taken)) (bit-and word (- word u1)) word),
        bucket: (get rest taken),
        entries: (default-to (get entries acc) (as-max-len? (append (get entries acc) entry) u4))
      }))))
