/** An exception of the web service's module; the caller gets it as a SOAP fault in 1C's own words. */
export class ServiceFault extends Error {
  override name = 'ServiceFault';
}

/** The text of an unhandled module exception as the platform sets it. */
export const faultText = (message: string): string => {
  const place = '{WebСервис.ITK_Synchronizer.Модуль(57)}';
  return `Неизвестная ошибка. ${place}: ${message}\nпо причине:\n${place}: ${message}`;
};
