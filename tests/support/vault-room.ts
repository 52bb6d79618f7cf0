import { memoryFile } from '#lib/vault/keyring-place.ts'
import type { KeyringFile } from '#lib/vault/keyring-slots.ts'
import type { KeyringPlace } from '#lib/vault/keyring.ts'
import { Room } from '#lib/vault/room.ts'
import type { RoomLine } from '#lib/vault/worker-line.ts'

/** The vault's room without a worker around it; its keyring's files are kept here, as on a disk. */
export class RoomHouse {
  readonly files = new Map<string, ReturnType<typeof memoryFile>>()
  /** What lies between the rooms and the disk, where something does. */
  disk: KeyringFile | null = null

  readonly place = (device: string): KeyringPlace => {
    const file = this.files.get(device) ?? memoryFile()
    this.files.set(device, file)
    return { use: async (work) => work(this.disk ?? file) }
  }

  room(): Room {
    return new Room({
      place: this.place,
      storage: async () => 'opfs',
      // The least that is accepted: these tests are not about slowness.
      kdf: async () => ({ memory: 19 * 1024, passes: 1, parallelism: 1 })
    })
  }
}

/** What crosses to a worker is cloned; so it is here. */
export function lineTo(room: Room): RoomLine {
  const line = {
    ask: async (name: string, input: unknown, onEvent?: (event: unknown) => void) => {
      const command = (room as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[
        name
      ]!
      const emit = (event: unknown) => onEvent?.(structuredClone(event))
      return structuredClone(await command.call(room, structuredClone(input), emit))
    },
    end: () => undefined
  }
  return line as unknown as RoomLine
}
