// Encryption at rest: what opens, what does not, and that nothing of the text is left outside.
import { randomBytes } from "node:crypto";
import { createCipher } from "../../src/declare/cipher";

const master = Buffer.alloc(32, 7);
const cipher = createCipher(master);
const phone = "13812345678";

test("a sealed value opens in its own field, never the same bytes twice", () => {
  const [one, two] = [1, 2].map(() => cipher.seal("volunteer", "phone", phone, "PHONE"));
  expect(cipher.open("volunteer", "phone", one!.value)).toBe(phone);
  expect(one!.value.equals(two!.value)).toBe(false);
  expect(one!.masked).toBe("138****5678");
  expect(one!.value.includes(phone)).toBe(false);
});

test("bytes moved to another field, changed, cut or foreign do not open", () => {
  const { value } = cipher.seal("volunteer", "phone", phone, "PHONE");
  expect(() => cipher.open("volunteer", "guardianPhone", value)).toThrow();
  expect(() => cipher.open("communityWorker", "phone", value)).toThrow();
  for (let i = 0; i < value.length; i++) {
    const changed = Buffer.from(value);
    changed[i]! ^= 1;
    expect(() => cipher.open("volunteer", "phone", changed)).toThrow();
  }
  expect(() => cipher.open("volunteer", "phone", value.subarray(0, 20))).toThrow();
  expect(() => createCipher(randomBytes(32)).open("volunteer", "phone", value)).toThrow();
});

test("hashes are equal for the same number however typed, and differ by field and key", () => {
  const hash = cipher.hash("volunteer", "idNumber", "11010519491231002X");
  expect(cipher.hash("volunteer", "idNumber", " 11010519491231002x").equals(hash)).toBe(true);
  expect(cipher.hash("volunteer", "idNumber", "１１０１０５19491231002X").equals(hash)).toBe(true);
  expect(cipher.seal("volunteer", "idNumber", "11010519491231002X", "ID_NUMBER").hash.equals(hash)).toBe(
    true,
  );
  expect(cipher.hash("volunteer", "phone", "11010519491231002X").equals(hash)).toBe(false);
  expect(cipher.hash("volunteer", "idNumber", "110105194912310020").equals(hash)).toBe(false);
  expect(
    createCipher(Buffer.alloc(32, 8)).hash("volunteer", "idNumber", "11010519491231002X").equals(hash),
  ).toBe(false);
});

test("a former master key still opens, a new one seals", () => {
  const old = cipher.seal("volunteer", "phone", phone, "PHONE").value;
  const next = Buffer.alloc(32, 9);
  const rotated = createCipher(next, [master]);
  expect(rotated.open("volunteer", "phone", old)).toBe(phone);
  const renewed = rotated.seal("volunteer", "phone", phone, "PHONE").value;
  expect(createCipher(next).open("volunteer", "phone", renewed)).toBe(phone);
  expect(() => cipher.open("volunteer", "phone", renewed)).toThrow(/no master key/);
  expect(() => createCipher(master, [master])).toThrow(/same id/);
  expect(() => createCipher(Buffer.alloc(31))).toThrow(/32 bytes/);
});
