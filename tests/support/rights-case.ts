import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { dayAt, type Day } from '#contract/day.ts'
import { rightsDetailSchema, type RightsDetail, type RightsKind } from '#contract/rights-request.ts'
import { newEntryId, type Family } from './people.ts'
import type { Answer, Client, World } from './world.ts'

const requests = '/api/office/requests'

export interface RightsWish {
  readonly kind?: RightsKind
  readonly receivedOn?: Day
  readonly who?: string
  readonly identified?: string
  readonly words?: object
}

/** Requests of one family, by the endpoints that the office uses. */
export class RightsCases {
  readonly #world: World
  readonly #office: Client
  readonly #family: Family

  constructor(world: World, office: Client, family: Family) {
    this.#world = world
    this.#office = office
    this.#family = family
  }

  get today(): Day {
    return dayAt(this.#world.clock.now())
  }

  registration(o: RightsWish = {}) {
    return {
      id: randomUUID() as string,
      customership: this.#family.id as string | null,
      kind: 'access' as RightsKind,
      who: 'client',
      identified: 'strong',
      receivedOn: this.today,
      words: { asked: 'Haluan tietää, mitä minusta on kirjoitettu' } as object | null,
      ...o
    }
  }

  ask(body: object): Promise<Answer> {
    return this.#office.ask('POST', requests, body)
  }

  async register(o: RightsWish = {}): Promise<RightsDetail> {
    return read(await this.ask(this.registration(o)), 201)
  }

  async registerOfNobody(o: RightsWish = {}): Promise<RightsDetail> {
    const body = { ...this.registration(o), customership: null, words: null }
    return read(await this.ask(body), 201)
  }

  async read({ request }: RightsDetail): Promise<RightsDetail> {
    return read(await this.#office.ask('GET', `${requests}/${request.id}`), 200)
  }

  act({ request }: RightsDetail, body: object): Promise<Answer> {
    return this.#office.ask('POST', `${requests}/${request.id}/acts`, body)
  }

  async done(detail: RightsDetail, body: object): Promise<RightsDetail> {
    return read(await this.act(detail, body), 200)
  }

  async letter({ request }: RightsDetail, language = 'fi'): Promise<Buffer> {
    const address = `${requests}/${request.id}/letter?lang=${language}`
    const { status, bytes } = await this.#office.fetch(address)
    expect(status).toBe(200)
    return bytes
  }

  sent() {
    return { on: this.today, channel: 'post' }
  }

  answered(more: object = {}) {
    return { act: 'answer', outcome: 'granted', language: 'fi', ...this.sent(), ...more }
  }

  forwarded() {
    return { act: 'forward', organiser: 'mallikunta', ...this.sent() }
  }

  /** The provider itself answers for what is recorded: instead of the organiser, or of a part. */
  async selfPaying(alsoOrganiser = false): Promise<void> {
    const { data: ordered } = this.#family.opening('').decision
    const data = { ...ordered, controller: 'provider', funding: 'direct' }
    const known = await this.#world.parts.store.register.read(this.#family.id, (reader) =>
      reader.entry('decision', this.#family.decision)
    )
    const written = await this.#family.post(
      'decisions',
      alsoOrganiser
        ? { id: newEntryId(this.#world), data, reason: 'Sovittu' }
        : { id: this.#family.decision, data, reason: 'Sovittu', based: known?.revision }
    )
    expect(written.status, written.text).toBe(201)
  }
}

function read(answer: Answer, status: number): RightsDetail {
  expect(answer.status, answer.text).toBe(status)
  return rightsDetailSchema.parse(answer.body)
}

/** `field code` of each. */
export const issuesOf = (answer: Answer): string[] | undefined =>
  (answer.body as { issues?: { path: string[]; code: string }[] }).issues?.map(
    ({ path, code }) => `${path.join('.')} ${code}`
  )
