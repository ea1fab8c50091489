/** Made by `npm run openapi` from apps/onec-component/desk/openapi.json, not by hand. */

export interface paths {
    "/api/desk/students": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find students of the mirror by name */
        get: operations["findStudentsByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @description `urn:itk:problem:<name>`: by this a client knows it. */
            type: string;
            /** @description In the client's language, by Accept-Language. */
            title: string;
            status: number;
            detail?: string;
            /** @description Stands in the log of the service, too, where the fault is ours. */
            instance: string;
            /** @description Of a request that is not understood: where, and what. */
            issues?: {
                path: string;
                message: string;
            }[];
        };
    };
    responses: {
        /** @description It could not be answered. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    findStudentsByName: {
        parameters: {
            query: {
                /** @description Parts of the name in any order: large and small letters alike, ё as е. */
                name: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find students of the mirror by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        students: {
                            code: string;
                            lastname: string;
                            firstname: string;
                            middlename: string;
                            group: string | null;
                        }[];
                        /** @description There are others: ask for more of the name. */
                        more: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
