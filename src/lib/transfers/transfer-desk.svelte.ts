import type { Month } from '#contract/month.ts'
import type { TransferChannelName } from '#contract/service-event.ts'
import { stateOfLine } from '#contract/ledger.ts'
import { noTransferSettings } from '#contract/transfer-terms.ts'
import {
  moveResultsSchema,
  transfersAnswerSchema,
  type MoveOutcome,
  type TransferLine,
  type TransferMove,
  type TransfersAnswer
} from '#contract/transfers.ts'
import { refusalOf, type Desk, type Refusal } from '#lib/customerships/office-desk.svelte.ts'
import { Reading } from '#lib/customerships/office-reading.svelte.ts'
import { newEntryId } from '#lib/device/new-id.ts'

/** As many as one request takes. */
const mostMoves = 500

type Move = Pick<TransferMove, 'to' | 'reason' | 'externalNumber'> &
  Partial<Pick<TransferMove, 'event'>>

/** One month of service events at the office, what of it is looked at, and what is done to it. */
export class TransferDesk {
  month: Month = $state('' as Month)
  channel: TransferChannelName | 'all' = $state('all')
  organiser = $state('')
  busy = $state(false)
  refusal = $state.raw<Refusal | null>(null)
  readonly desk: Desk
  readonly reading: Reading<TransfersAnswer>

  constructor(desk: Desk, month: Month) {
    this.desk = desk
    this.month = month
    this.reading = new Reading(() =>
      desk.ask('GET', `/api/office/transfers?month=${this.month}`, undefined, transfersAnswerSchema)
    )
  }

  get settings() {
    return this.reading.value?.settings ?? noTransferSettings
  }

  /** Those that are looked at, in the portals' order. */
  get lines(): readonly TransferLine[] {
    const all = this.reading.value?.lines ?? []
    return all.filter(
      ({ channel, organiser }) =>
        (this.channel === 'all' || channel === this.channel) &&
        (this.organiser === '' || organiser === this.organiser)
    )
  }

  move(line: TransferLine, move: Move): Promise<MoveOutcome | null> {
    return this.moveAll([this.#moveOf(line, move)]).then((outcomes) => outcomes?.[0] ?? null)
  }

  /** Several steps of several events, in the order given; null: nothing of it arrived, and `refusal` says why. */
  async moveAll(moves: readonly TransferMove[]): Promise<MoveOutcome[] | null> {
    this.busy = true
    const outcomes: MoveOutcome[] = []
    for (let at = 0; at < moves.length; at += mostMoves) {
      const body = { moves: moves.slice(at, at + mostMoves) }
      const path = '/api/office/transfers/moves'
      const answer = await this.desk.ask('POST', path, body, moveResultsSchema)
      this.refusal = refusalOf(answer)
      if (!answer.ok) break
      outcomes.push(...answer.data.results.map(({ outcome }) => outcome))
    }
    await this.reading.load()
    this.busy = false
    return this.refusal ? null : outcomes
  }

  /** The way from where an event stands, one move after the other. */
  movesAlong(
    line: TransferLine,
    states: readonly Exclude<Move['to'], 'take-back'>[]
  ): TransferMove[] {
    const event = line.event?.id ?? newEntryId()
    let from = stateOfLine(line)
    return states.map((to) => {
      const move = { ...this.#moveOf(line, { to }), event, from }
      from = to
      return move
    })
  }

  #moveOf(line: TransferLine, move: Move): TransferMove {
    const { customership, visit, fingerprint: seen } = line
    const event = line.event?.id ?? newEntryId()
    return { customership, visit, event, from: stateOfLine(line), seen, ...move }
  }
}
