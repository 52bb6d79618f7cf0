import type { Day } from '#contract/day.ts'
import type { CustomershipId } from '#contract/id.ts'
import { noteFeedSchema } from '#contract/office.ts'
import { password, people } from '#tests/support/household.ts'

/** The office beside its own screens: Chromium's journeys show those. */
export class OfficeLine {
  readonly #address: string
  #cookie = ''

  private constructor(address: string) {
    this.#address = address
  }

  static async signIn(address: string): Promise<OfficeLine> {
    const office = new OfficeLine(address)
    const { username } = people.coordinator
    const answer = await office.#ask('/api/session', { username, password })
    office.#cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    return office
  }

  /** What each note of the client says of the visit. */
  async notesOf(customership: CustomershipId): Promise<unknown[]> {
    const answer = await this.#ask('/api/office/notes')
    return noteFeedSchema
      .parse(await answer.json())
      .notes.filter((line) => line.customership === customership)
      .map(({ note }) => note.kind === 'note' && note.data.fields['done'])
  }

  async endOn(customership: CustomershipId, endDay: Day): Promise<void> {
    const path = `/api/office/customerships/${customership}/ending`
    const answer = await this.#ask(path, { endDay, reason: 'client-moved' })
    if (!answer.ok) throw new Error(`the office refused: ${answer.status}`)
  }

  #ask(path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'Kotikaynti-Protocol': '1',
        'Content-Type': 'application/json',
        Origin: this.#address,
        Cookie: this.#cookie
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  }
}
