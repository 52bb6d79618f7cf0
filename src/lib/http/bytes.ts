import { failureIn, type Answer } from './api.ts'
import { refusalOf, request } from './request.ts'

const patienceMilliseconds = 60_000

/** The bytes of an answer of ours, or why there are none. */
export async function askBytes(
  path: string,
  o: { readonly unattended?: boolean; readonly longer?: number } = {}
): Promise<Answer<Uint8Array<ArrayBuffer>>> {
  try {
    const patience = AbortSignal.timeout(patienceMilliseconds + (o.longer ?? 0))
    const response = await request('GET', path, undefined, patience, o)
    if (!response.ok) return failureIn(await refusalOf(response))
    return { ok: true, data: new Uint8Array(await response.arrayBuffer()) }
  } catch {
    return { ok: false, away: 'offline' }
  }
}
