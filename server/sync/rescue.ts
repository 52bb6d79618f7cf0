import { pushLimits, type Result } from '#contract/push.ts'
import type { RescueAnswer, RescuedDevice, RescueFile } from '#contract/rescue.ts'
import type { Device } from '#server/store/devices.ts'
import { push, type PushParts } from './push.ts'

const toldCodes = 5

/**
 * A file in the tablet's stead. Its envelopes go the way that they would have gone by themselves, so
 * nothing depends on who carries them; what the tablet reports of itself stays as it last said it,
 * since the file may be older.
 */
export async function takeRescue(parts: PushParts, file: RescueFile): Promise<RescueAnswer> {
  const { store } = parts
  const devices: RescuedDevice[] = []
  let unknown = 0
  for (const { device: id, envelopes } of file.devices) {
    const device = await store.devices.find(id)
    if (!device) {
      unknown += envelopes.length
      continue
    }
    const results = await deliver(parts, device, envelopes)
    const userName = (await store.users.find(device.user))?.displayName ?? ''
    devices.push({ device: id, name: device.name, userName, ...told(results) })
  }
  return { devices, unknown }
}

async function deliver(
  parts: PushParts,
  device: Device,
  envelopes: RescueFile['devices'][number]['envelopes']
): Promise<Result[]> {
  const results: Result[] = []
  for (let at = 0; at < envelopes.length; at += pushLimits.envelopes) {
    const some = envelopes.slice(at, at + pushLimits.envelopes)
    results.push(...(await push(parts, device, { envelopes: some, outbox: null })).results)
  }
  return results
}

function told(results: readonly Result[]): Pick<RescuedDevice, 'counts' | 'again' | 'codes'> {
  const count = (outcome: Result['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  const codes = new Set(results.flatMap(({ code }) => code ?? []))
  return {
    counts: {
      applied: count('applied'),
      'awaiting-decision': count('awaiting-decision'),
      refused: count('refused'),
      discarded: count('discarded'),
      retry: count('retry')
    },
    again: results.filter(({ again }) => again).length,
    codes: [...codes].slice(0, toldCodes)
  }
}
