/** An amount of US dollars for people: `$2.50`, and as many digits as a fraction of a cent needs: `$0.0031`. */
export function usd(amount: number): string {
  const cents = amount.toFixed(2);
  if (amount === 0 || Math.abs(amount - Number(cents)) < 1e-9) return `$${cents}`;
  return `$${amount >= 1 ? cents : Number(amount.toPrecision(2)).toString()}`;
}
