;; title: task-overview
;; synopsis: what is next, and why a task does not run: each in one read
;; depends on: coordinator-registry, async-task-factory, task-index, task-graph, async-queue
;; who may call: anyone reads; there is nothing to write
;; prints: nothing
;; limits: 20 coordinators a page of get-next

;; --- Read-only
;; All a keeper needs to know what to do next, at a cost that does not depend on the number of tasks: the clocks, the
;; first due instant on each, the occupied lanes, a child to release, and the busy workers among 20 coordinators.
(define-read-only (get-next (from uint))
  (let ((next (contract-call? .task-index get-next))
        (page (contract-call? .coordinator-registry get-busy from)))
    {stacks: stacks-block-height, burn: burn-block-height, time: stacks-block-time, due: (get due next),
      words: (get words next), loose: (contract-call? .task-graph get-loose), busy: (get busy page),
      busy-next: (get next page), last-id: (contract-call? .async-task-factory get-last-id)}))

;; All that decides when a task runs: what it is, how it stands, how its parents stand, and the clocks.
(define-read-only (get-explain (id uint))
  (match (contract-call? .async-queue get-state id)
    state (some {task: (contract-call? .async-task-factory get-task id), state: state,
      family: (element-at? (contract-call? .async-queue get-families (list id)) u0),
      stacks: stacks-block-height, burn: burn-block-height, time: stacks-block-time})
    none))
