import type { DoorDatabase, DoorRow } from '#lib/device/database.ts'

/** Earlier versions kept the register's name and the device's at the door, where every resident can read. */
export async function forgetRegisterNames(door: DoorDatabase): Promise<void> {
  // Looking costs less than being ready to write, at every start.
  if (!(await door.vaults.toArray()).some((row) => 'label' in row)) return
  await door.vaults
    .filter((row) => 'label' in row)
    .modify((row: { -readonly [K in keyof DoorRow]: DoorRow[K] } & { label?: string }) => {
      row.userName = row.userName.split(' ')[0] ?? ''
      delete row.label
    })
}
