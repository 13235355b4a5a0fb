/** The upper half of the code pages of DOS that `TextDecoder` does not know, from byte 128 on: what old programs and "CSV (MS-DOS)" write. */
const upperHalves: Record<string, string> = {
  cp850: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  cp852: 'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
}

/** Decodes the pieces of a file one after the other; without a piece, what is left at its end. */
export function createDecoder(encoding: string): (piece?: Buffer) => string {
  const upper = upperHalves[encoding]
  if (upper) return (piece = Buffer.alloc(0)) => piece.toString('latin1').replace(/[\x80-\xff]/g, byte => upper[byte.charCodeAt(0) - 128] ?? byte)
  const decoder = new TextDecoder(encoding)
  return piece => (piece ? decoder.decode(piece, { stream: true }) : decoder.decode())
}
