/** Whether a version is the one in force, waits for its day, or was replaced. */
export function versionState(version: number, inForce: number): 'in-force' | 'waiting' | 'former' {
  if (version === inForce) return 'in-force'
  return version > inForce ? 'waiting' : 'former'
}
