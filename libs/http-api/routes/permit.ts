/** Where the decorator of a service keeps what a route asks of whoever calls it. */
export const permitKey = 'itk:permit';
