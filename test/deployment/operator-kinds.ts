import type { ICluster as Cluster } from '@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1/Cluster';
import type { IExternalSecret as ExternalSecretOfBeta } from '@kubernetes-models/external-secrets/external-secrets.io/v1beta1/ExternalSecret';
import type { IIoK8sApimachineryPkgApisMetaV1ObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';
import type { IAffinity } from 'kubernetes-models/v1/Affinity';
import type { ILocalObjectReference } from 'kubernetes-models/v1/LocalObjectReference';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import type { IToleration } from 'kubernetes-models/v1/Toleration';

/** The versions of these packages that run on Node 20 are older than the operators: what has come since is added here. */
export type ICluster = Cluster & {
  spec?: { postgresql?: { synchronous?: { dataDurability?: 'required' | 'preferred' } } };
};
/** What v1beta1 was, word for word. */
export type IExternalSecret = Omit<ExternalSecretOfBeta, 'apiVersion'> & { apiVersion: 'external-secrets.io/v1' };

interface Labelled {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/**
 * `RabbitmqCluster` of rabbitmq.com/v1beta1, written after the API reference of RabbitMQ's cluster operator 2: no package
 * has the types of this kind. What is not here the operator may know all the same: add it with its name from there.
 */
export interface IRabbitmqCluster {
  apiVersion: 'rabbitmq.com/v1beta1';
  kind: 'RabbitmqCluster';
  metadata?: IIoK8sApimachineryPkgApisMetaV1ObjectMeta;
  spec?: {
    replicas?: number;
    image?: string;
    imagePullSecrets?: ILocalObjectReference[];
    service?: Labelled & { type?: 'ClusterIP' | 'LoadBalancer' | 'NodePort' };
    persistence?: { storageClassName?: string; storage?: string };
    resources?: IResourceRequirements;
    affinity?: IAffinity;
    tolerations?: IToleration[];
    rabbitmq?: {
      additionalPlugins?: string[];
      additionalConfig?: string;
      advancedConfig?: string;
      envConfig?: string;
    };
    tls?: { secretName?: string; caSecretName?: string; disableNonTLSListeners?: boolean };
    override?: {
      statefulSet?: { metadata?: Labelled; spec?: { template?: { metadata?: Labelled; spec?: IPodSpec } } };
      service?: { metadata?: Labelled; spec?: IServiceSpec };
    };
    skipPostDeploySteps?: boolean;
    terminationGracePeriodSeconds?: number;
  };
}
