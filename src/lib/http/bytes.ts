import { failureOf, request, type Answer } from './api.ts'

const patienceMilliseconds = 60_000

/** The bytes of an answer of ours; null when there is none. */
export async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const response = await request(
      'GET',
      path,
      undefined,
      AbortSignal.timeout(patienceMilliseconds)
    )
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null
  } catch {
    return null
  }
}

/** The same, and why there are none. */
export async function askBytes(path: string): Promise<Answer<Uint8Array<ArrayBuffer>>> {
  try {
    const response = await request(
      'GET',
      path,
      undefined,
      AbortSignal.timeout(patienceMilliseconds)
    )
    if (!response.ok) return await failureOf(response)
    return { ok: true, data: new Uint8Array(await response.arrayBuffer()) }
  } catch {
    return { ok: false, away: 'offline' }
  }
}
