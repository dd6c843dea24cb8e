/** Telephone numbers of the mainland: a person's mobile number, and the public number of an office. */

export function phoneProblem(text: string): string | undefined {
  return /^1[3-9]\d{9}$/.test(text)
    ? undefined
    : "手机号码应为 1 开头、第二位 3 至 9 的 11 位数字。A mobile number has 11 digits, 1 and then 3 to 9 first";
}

/** An area code and seven or eight digits, a mobile number kept by the office, or a national service number. */
export function officePhoneProblem(text: string): string | undefined {
  return /^0\d{2,3}-?[2-9]\d{6,7}$|^1[3-9]\d{9}$|^(95|96|12)\d{3,6}$/.test(text)
    ? undefined
    : "办公电话应为 区号-号码、手机号码或者服务热线。An office number is area code and number, a mobile or a hotline";
}
