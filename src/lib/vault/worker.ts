import { databasePlace, hasOpfs, opfsPlace } from './keyring-place.ts'
import { calibrated } from './passphrase.ts'
import { Room } from './room.ts'

/** A line of the conversation between the page and the room; `call` pairs question and answer. */
export interface Question {
  readonly call: number
  readonly name: Exclude<keyof Room, symbol>
  readonly input: unknown
}
export type Reply =
  | { readonly call: number; readonly event: unknown }
  | { readonly call: number; readonly value: unknown }
  | { readonly call: number; readonly failed: string }

interface Port {
  postMessage(reply: Reply, transfer?: ArrayBuffer[]): void
  onmessage: ((event: MessageEvent<Question>) => void) | null
}
const port = globalThis as unknown as Port

const room = new Room({
  place: (device, storage) => (storage === 'opfs' ? opfsPlace(device) : databasePlace(device)),
  storage: async () => ((await hasOpfs()) ? 'opfs' : 'indexeddb'),
  kdf: () => calibrated(() => performance.now())
})

type Command = (
  input: unknown,
  emit: (event: unknown, transfer: ArrayBuffer[]) => void
) => Promise<unknown>

async function answer({ call, name, input }: Question): Promise<void> {
  try {
    const command = room[name].bind(room) as Command
    const value = await command(input, (event, transfer) =>
      port.postMessage({ call, event }, transfer)
    )
    port.postMessage({ call, value })
  } catch (error) {
    // Its name only: the words of an error may repeat what was being opened.
    port.postMessage({ call, failed: error instanceof Error ? error.name : 'Error' })
  }
}

port.onmessage = (event) => void answer(event.data)
