import { noteFeedSchema } from '#contract/office.ts'
import { protocolHeader, protocolVersion } from '#contract/version.ts'
import type { Client } from './caseload.ts'
import { type Household, password, people } from './household.ts'

type NoteFeed = ReturnType<typeof noteFeedSchema.parse>

/** The office beside its own screens: what the coordinator's browser would ask for, and hear. */
export class OfficeDesk {
  readonly #office: string
  #cookie = ''

  private constructor(office: string) {
    this.#office = office
  }

  static async signedIn(household: Household): Promise<OfficeDesk> {
    const desk = new OfficeDesk(household.office)
    const { username } = people.coordinator
    const answer = await desk.ask('POST', '/api/session', { username, password })
    desk.#cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    return desk
  }

  ask(method: string, path: string, body?: unknown): Promise<Response> {
    const isBytes = body instanceof Uint8Array
    return fetch(`${this.#office}${path}`, {
      method,
      headers: {
        [protocolHeader]: String(protocolVersion),
        'Content-Type': isBytes ? 'application/octet-stream' : 'application/json',
        Origin: this.#office,
        Cookie: this.#cookie
      },
      ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) })
    })
  }

  async feed(): Promise<NoteFeed> {
    return noteFeedSchema.parse(await (await this.ask('GET', '/api/office/notes')).json())
  }

  /** What every note of the client says: one that was applied twice would be there twice. */
  async written({ customership }: Pick<Client, 'customership'>): Promise<unknown[]> {
    const { notes } = await this.feed()
    return notes
      .filter((line) => line.customership === customership)
      .map(({ note }) => note.kind === 'note' && note.data.fields['done'])
  }
}
