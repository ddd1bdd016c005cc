// Door: descriptors over a Unix socket (SCM_RIGHTS), after sendmsg(2), recvmsg(2) and unix(7).
import { c } from './libc.ts'

const SOCKET = {
  SOL_SOCKET: 1,
  SCM_RIGHTS: 1,
  MSG_DONTWAIT: 0x40,
  MSG_NOSIGNAL: 0x4000,
  MSG_CMSG_CLOEXEC: 0x40000000,
}

/**
 * Sends bytes with descriptors (SCM_RIGHTS) on a connected Unix socket; returns how many bytes went, with which the
 * descriptors went, or -1 where nothing could be sent (the socket's buffer is full, or it is closed).
 */
export const sendDescriptors = (socket: number, bytes: Buffer, descriptors: readonly number[]): number => {
  const control = Buffer.alloc(16 + ((descriptors.length * 4 + 7) & ~7))
  control.writeBigUInt64LE(BigInt(16 + descriptors.length * 4), 0)
  control.writeInt32LE(SOCKET.SOL_SOCKET, 8)
  control.writeInt32LE(SOCKET.SCM_RIGHTS, 12)
  for (const [i, fd] of descriptors.entries()) control.writeInt32LE(fd, 16 + i * 4)
  return withHeader(bytes, control, (header) => Number(c().sendmsg(socket, header, SOCKET.MSG_NOSIGNAL)))
}

/** What is in a Unix socket now, and the descriptors that came with it; undefined where nothing is. No bytes: it has ended. */
export const receiveDescriptors = (
  socket: number,
): { readonly bytes: Buffer; readonly descriptors: readonly number[] } | undefined => {
  const bytes = Buffer.alloc(65536)
  // One message of one sender: the kernel never joins two that carry descriptors.
  const control = Buffer.alloc(16 + 4 * mostDescriptors)
  return withHeader(bytes, control, (header) => {
    const flags = SOCKET.MSG_DONTWAIT | SOCKET.MSG_CMSG_CLOEXEC
    const length = Number(c().recvmsg(socket, header, flags))
    if (length < 0) return undefined
    const has = control.readInt32LE(8) === SOCKET.SOL_SOCKET && control.readInt32LE(12) === SOCKET.SCM_RIGHTS
    const count = has ? (Number(control.readBigUInt64LE(0)) - 16) / 4 : 0
    const descriptors = Array.from({ length: count }, (_, i) => control.readInt32LE(16 + i * 4))
    return { bytes: bytes.subarray(0, length), descriptors }
  })
}

/** SCM_MAX_FD. */
const mostDescriptors = 253

/** A struct msghdr for these buffers, which live as long as `use` takes. */
const withHeader = <T>(bytes: Buffer, control: Buffer, use: (header: Buffer) => T): T => {
  const iov = Buffer.alloc(16)
  iov.writeBigUInt64LE(c().address(bytes), 0)
  iov.writeBigUInt64LE(BigInt(bytes.length), 8)
  const header = Buffer.alloc(56)
  header.writeBigUInt64LE(c().address(iov), 16)
  header.writeBigUInt64LE(1n, 24)
  header.writeBigUInt64LE(c().address(control), 32)
  header.writeBigUInt64LE(BigInt(control.length), 40)
  return use(header)
}
