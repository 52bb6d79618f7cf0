import { request } from './api.ts'

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
