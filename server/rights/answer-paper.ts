import type { Organiser } from '#contract/organisation.ts'
import type { RightsDetail, RightsOutcome } from '#contract/rights-request.ts'
import type { Organisation } from '#contract/settings.ts'
import type { Language } from '#contract/text.ts'
import { dayOnPaper } from '#server/paper/format.ts'
import type { Block, Fact, Paper } from '#server/paper/paper.ts'
import { sayOnPaper, type PaperKey } from '#server/paper/words.ts'
import { outcomeOf } from './open-steps.ts'

interface Wish {
  readonly language: Language
  readonly madeAt: number
}

/**
 * GDPR Art. 12(3), (4) and 77: the answer, to hand over or to post, with the authority to whom one may
 * complain. To whoever is no client, or may not speak for one, it says word for word the same, whoever is a
 * client; and it tells no address. Null: there is no answer yet.
 */
export function answerPaper(
  detail: RightsDetail,
  organisation: Organisation,
  { language, madeAt }: Wish
): Paper | null {
  const outcome = outcomeNow(detail)
  if (!outcome) return null
  const letter = new Letter(detail, organisation, language)
  const { number } = detail.request
  return {
    title: letter.say('rights.title'),
    language,
    from: organisation.controller.name,
    mark: number,
    madeAt,
    blocks: [
      ...letter.head(isNeutral(detail, outcome)),
      ...letter.answer(outcome),
      ...letter.complaint()
    ]
  }
}

/** What is answered so far: also before other parts of it are done. */
function outcomeNow({ request, work }: RightsDetail): RightsOutcome | null {
  if (request.outcome !== null) return request.outcome
  return work && (work.answer || work.forwards.length > 0) ? outcomeOf(work) : null
}

/** Said to somebody of whom it is not known that they may hear anything. */
function isNeutral({ client, work }: RightsDetail, outcome: RightsOutcome): boolean {
  const ground = work?.answer?.ground
  return (
    !client || outcome === 'not-held' || ground === 'no-standing' || ground === 'not-identified'
  )
}

class Letter {
  readonly #detail: RightsDetail
  readonly #organisation: Organisation
  readonly #language: Language

  constructor(detail: RightsDetail, organisation: Organisation, language: Language) {
    this.#detail = detail
    this.#organisation = organisation
    this.#language = language
  }

  say(key: PaperKey, filling: Readonly<Record<string, string | number>> = {}): string {
    return sayOnPaper(this.#language, key, filling)
  }

  head(isNeutral: boolean): Block[] {
    const { request, client, work } = this.#detail
    const facts: Fact[] = [
      { title: this.say('rights.number'), value: request.number },
      { title: this.say('rights.asked'), value: this.say(`rights.kind.${request.kind}`) },
      { title: this.say('rights.receivedOn'), value: dayOnPaper(request.receivedOn) }
    ]
    const on = request.answeredOn ?? work?.answer?.on
    if (on) facts.push({ title: this.say('rights.answeredOn'), value: dayOnPaper(on) })
    if (client && !isNeutral) facts.push({ title: this.say('rights.client'), value: client.name })
    return [
      { is: 'heading', level: 1, text: this.say('rights.title') },
      { is: 'facts', facts }
    ]
  }

  answer(outcome: RightsOutcome): Block[] {
    const { client, work } = this.#detail
    const ground = work?.answer?.ground
    if (!client || outcome === 'not-held' || ground === 'no-standing')
      return [this.#heading('rights.answer'), this.#paragraph('rights.outcome.not-held')]
    const blocks: Block[] = [
      this.#heading('rights.answer'),
      this.#paragraph(`rights.outcome.${outcome}`)
    ]
    if (ground) blocks.push(this.#paragraph(`rights.ground.${ground}`))
    if (ground === 'not-identified') return blocks
    if (work?.answer && outcome !== 'refused') blocks.push(...this.#done())
    if (work?.answer?.words)
      blocks.push({ is: 'passage', title: this.say('rights.words'), text: work.answer.words })
    return [...blocks, ...this.#forwarded()]
  }

  /** What was done, by kind. Of what was put right the field is named, and not what stands in it. */
  #done(): Block[] {
    const { request, client, work } = this.#detail
    const blocks: Block[] = []
    if (request.kind === 'erasure' && client?.deleteBy)
      blocks.push(this.#paragraph('rights.deleteBy', { day: dayOnPaper(client.deleteBy) }))
    if (client?.restrictedOn)
      blocks.push(this.#paragraph('rights.restrictedOn', { day: dayOnPaper(client.restrictedOn) }))
    if (work && work.rectified.length > 0)
      blocks.push(this.#heading('rights.rectified'), {
        is: 'list',
        items: work.rectified.map(({ what, reason }) =>
          [this.say(`rights.what.${what}`), reason].join(': ')
        )
      })
    if (work && work.told.length > 0)
      blocks.push(this.#heading('rights.told'), {
        is: 'list',
        items: work.told.map(({ recipient, on }) => `${this.#name(recipient)}, ${dayOnPaper(on)}`)
      })
    return blocks
  }

  #forwarded(): Block[] {
    const { work } = this.#detail
    if (!work || work.forwards.length === 0) return []
    return [
      this.#heading('rights.forwarded'),
      this.#paragraph('rights.forwardedMeans'),
      {
        is: 'list',
        items: work.forwards.map(
          ({ organiser, on }) => `${this.#name(organiser)}, ${dayOnPaper(on)}`
        )
      }
    ]
  }

  complaint(): Block[] {
    const { contactPerson, protectionOfficer } = this.#organisation
    const reach = ({ name, phone, email, address }: Organisation['contactPerson']) =>
      [name, phone, email, address].filter(Boolean).join(' · ')
    return [
      this.#heading('rights.complaint'),
      this.#paragraph('rights.complaintMeans'),
      {
        is: 'facts',
        facts: [
          { title: this.say('rights.authority'), value: this.say('rights.authorityReach') },
          { title: this.say('rights.court'), value: this.say('rights.courtMeans') }
        ]
      },
      this.#heading('rights.questions'),
      {
        is: 'facts',
        facts: [
          { title: this.say('package.contactPerson'), value: reach(contactPerson) },
          { title: this.say('package.protectionOfficer'), value: reach(protectionOfficer) }
        ]
      }
    ]
  }

  #heading(key: PaperKey): Block {
    return { is: 'heading', level: 2, text: this.say(key) }
  }

  #paragraph(key: PaperKey, filling: Readonly<Record<string, string | number>> = {}): Block {
    return { is: 'paragraph', text: this.say(key, filling) }
  }

  #name(id: Organiser['id']): string {
    const organiser = this.#organisation.organisers.find((one) => one.id === id)
    return organiser?.name ?? this.say('disclosure.recipient.organiser')
  }
}
