import { moveOutcomeSchema, type MoveOutcome, type TransferMove } from '#contract/transfers.ts'

export interface MoveTally {
  /** Events of which every step was noted. */
  readonly done: number
  /** Events of which a step was not, by what stood in the way of the first such. */
  readonly left: readonly {
    readonly outcome: Exclude<MoveOutcome, 'done'>
    readonly count: number
  }[]
}

/** What came of several steps of several events: nothing that was not noted goes untold. */
export function tallyOf(
  moves: readonly Pick<TransferMove, 'visit'>[],
  outcomes: readonly MoveOutcome[]
): MoveTally {
  const first = new Map<string, MoveOutcome>()
  for (const [index, { visit }] of moves.entries()) {
    const outcome = outcomes[index] ?? 'conflict'
    if ((first.get(visit) ?? 'done') === 'done') first.set(visit, outcome)
  }
  const ends = [...first.values()]
  const countOf = (outcome: MoveOutcome) => ends.filter((end) => end === outcome).length
  return {
    done: countOf('done'),
    left: moveOutcomeSchema.options.flatMap((outcome) => {
      const count = countOf(outcome)
      return outcome === 'done' || count === 0 ? [] : [{ outcome, count }]
    })
  }
}
