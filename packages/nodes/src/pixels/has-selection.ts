/** Whether some sample of a mask is above 0. Looks at four samples at a time where memory allows it. */
export function hasSelection(data: Uint8Array): boolean {
  const words = data.byteOffset % 4 === 0 ? new Uint32Array(data.buffer, data.byteOffset, data.length >>> 2) : [];
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) return true;
  for (let i = words.length * 4; i < data.length; i++) if (data[i] !== 0) return true;
  return false;
}
