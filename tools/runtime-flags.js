/**
 * How the server's runtime is started. V8 would let new objects pile up to 128 MiB on a large machine before it
 * looks which are still needed; 8 MiB a half are enough, and leave the memory to others.
 */
export const runtimeFlags = ['--max-semi-space-size=8']
