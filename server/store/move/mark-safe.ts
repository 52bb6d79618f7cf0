import type { Place } from '#server/store/open-engines.ts'
import type { Inspection } from '#server/store/register-file.ts'
import { openRegister } from '#server/store/open-parts.ts'

/** In a register that others write meanwhile. It only rises. */
export async function markSafeIn(place: Place, received: Inspection['received']): Promise<void> {
  const register = await openRegister(place)
  try {
    await register.transact(async () => {
      for (const { device, through } of received)
        await register.sql
          .updateTable('devices')
          .set({ safeThrough: through })
          .where('id', '=', device)
          .where((row) =>
            row.or([row('safeThrough', 'is', null), row('safeThrough', '<', through)])
          )
          .execute()
    })
  } finally {
    await register.close()
  }
}
