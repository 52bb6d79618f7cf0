import type { DoorRow } from '#lib/device/database.ts'
import type { Resident } from './room.ts'

/** Whose vault it is, as the room wants to know it. */
export const residentOf = ({ user, device, storage }: DoorRow): Resident => ({
  user,
  device,
  storage
})
