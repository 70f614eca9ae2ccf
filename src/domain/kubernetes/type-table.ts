// The objects that Kubernetes' own client libraries know, as data: which fields each has and of which type. Facts of the
// Kubernetes API; how a line is read says typed-object.ts. Lists of kinds: `group/version Kind type Kind type ...`.
// A type: its name, then fields; `?` is left out when empty, `-` is status, s b i l f text, bool, int32, int64, float, B bytes,
// Q quantity, I int or text, T M times, D duration, R anything, `*` pointer, `[` list, `{` map, a number another type.

export const kindLines = `admissionregistration.k8s.io/v1 MutatingAdmissionPolicy 0 MutatingAdmissionPolicyBinding 14 MutatingWebhookConfiguration 17 ValidatingAdmissionPolicy 22 ValidatingAdmissionPolicyBinding 26 ValidatingWebhookConfiguration 28
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy 30 MutatingAdmissionPolicyBinding 39 ValidatingAdmissionPolicy 42 ValidatingAdmissionPolicyBinding 46
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy 48 MutatingAdmissionPolicyBinding 57 MutatingWebhookConfiguration 60 ValidatingAdmissionPolicy 64 ValidatingAdmissionPolicyBinding 68 ValidatingWebhookConfiguration 70
apiextensions.k8s.io/v1 ConversionReview 72 CustomResourceDefinition 80
apiextensions.k8s.io/v1beta1 ConversionReview 97 CustomResourceDefinition 100
apps/v1 ControllerRevision 116 DaemonSet 117 Deployment 226 ReplicaSet 230 StatefulSet 232
apps/v1beta1 ControllerRevision 239 Deployment 240 DeploymentRollback 245 Scale 246 StatefulSet 248
apps/v1beta2 ControllerRevision 254 DaemonSet 255 Deployment 259 ReplicaSet 263 Scale 265 StatefulSet 267
authentication.k8s.io/v1 SelfSubjectReview 273 TokenRequest 274 TokenReview 277
authentication.k8s.io/v1alpha1 SelfSubjectReview 279
authentication.k8s.io/v1beta1 SelfSubjectReview 280 TokenReview 281
authorization.k8s.io/v1 LocalSubjectAccessReview 283 SelfSubjectAccessReview 290 SelfSubjectRulesReview 292 SubjectAccessReview 294
authorization.k8s.io/v1beta1 LocalSubjectAccessReview 295 SelfSubjectAccessReview 299 SelfSubjectRulesReview 301 SubjectAccessReview 303
autoscaling/v1 HorizontalPodAutoscaler 304 Scale 307
autoscaling/v2 HorizontalPodAutoscaler 309
batch/v1 CronJob 323 Job 333
batch/v1beta1 CronJob 334
certificates.k8s.io/v1 CertificateSigningRequest 337
certificates.k8s.io/v1alpha1 ClusterTrustBundle 339
certificates.k8s.io/v1beta1 CertificateSigningRequest 341 ClusterTrustBundle 343 PodCertificateRequest 345
coordination.k8s.io/v1 Lease 347
coordination.k8s.io/v1alpha2 LeaseCandidate 349
coordination.k8s.io/v1beta1 Lease 351 LeaseCandidate 353
discovery.k8s.io/v1 EndpointSlice 355
discovery.k8s.io/v1beta1 EndpointSlice 363
events.k8s.io/v1 Event 370
events.k8s.io/v1beta1 Event 373
extensions/v1beta1 DaemonSet 375 Deployment 379 DeploymentRollback 384 Ingress 385 NetworkPolicy 392 ReplicaSet 399 Scale 401
flowcontrol.apiserver.k8s.io/v1 FlowSchema 403 PriorityLevelConfiguration 414
flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema 420 PriorityLevelConfiguration 431
flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema 437 PriorityLevelConfiguration 448
flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema 454 PriorityLevelConfiguration 465
internal.apiserver.k8s.io/v1alpha1 StorageVersion 471
networking.k8s.io/v1 IPAddress 473 Ingress 476 IngressClass 485 NetworkPolicy 488 ServiceCIDR 495
networking.k8s.io/v1beta1 IPAddress 497 Ingress 500 IngressClass 507 ServiceCIDR 510
node.k8s.io/v1 RuntimeClass 512
node.k8s.io/v1alpha1 RuntimeClass 515
node.k8s.io/v1beta1 RuntimeClass 519
policy/v1 Eviction 522 PodDisruptionBudget 525
policy/v1beta1 Eviction 527 PodDisruptionBudget 528
rbac.authorization.k8s.io/v1 ClusterRole 530 ClusterRoleBinding 533 Role 536 RoleBinding 537
rbac.authorization.k8s.io/v1alpha1 ClusterRole 538 ClusterRoleBinding 541 Role 544 RoleBinding 545
rbac.authorization.k8s.io/v1beta1 ClusterRole 546 ClusterRoleBinding 549 Role 552 RoleBinding 553
resource.k8s.io/v1 DeviceClass 554 ResourceClaim 560 ResourceClaimTemplate 570 ResourceSlice 572
resource.k8s.io/v1alpha3 DeviceTaintRule 585 ResourcePoolStatusRequest 589
resource.k8s.io/v1beta1 DeviceClass 594 ResourceClaim 600 ResourceClaimTemplate 609 ResourceSlice 611
resource.k8s.io/v1beta2 DeviceClass 625 DeviceTaintRule 631 ResourceClaim 635 ResourceClaimTemplate 645 ResourceSlice 647
scheduling.k8s.io/v1 PriorityClass 659
scheduling.k8s.io/v1alpha2 PodGroup 660 Workload 670
scheduling.k8s.io/v1beta1 PriorityClass 674
storage.k8s.io/v1 CSIDriver 675 CSINode 678 CSIStorageCapacity 682 StorageClass 683 VolumeAttachment 686 VolumeAttributesClass 703
storage.k8s.io/v1alpha1 CSIStorageCapacity 704 VolumeAttachment 705 VolumeAttributesClass 708
storage.k8s.io/v1beta1 CSIDriver 709 CSINode 712 CSIStorageCapacity 716 StorageClass 717 VolumeAttachment 718 VolumeAttributesClass 721
storagemigration.k8s.io/v1beta1 StorageVersionMigration 722
v1 Binding 725 ComponentStatus 726 ConfigMap 728 Endpoints 729 Event 733 LimitRange 735 Namespace 738 Node 740 PersistentVolume 745 PersistentVolumeClaim 234 Pod 746 PodStatusResult 747 PodTemplate 748 RangeAllocation 749 ReplicationController 750 ResourceQuota 752 Secret 756 SerializedReference 757 Service 758 ServiceAccount 763`;

export const typeLines = `MutatingAdmissionPolicy metadata:?1 spec:?4
ObjectMeta name:?s generateName:?s namespace:?s selfLink:?s uid:?s resourceVersion:?s generation:?l creationTimestamp:?T deletionTimestamp:?*T deletionGracePeriodSeconds:?*l labels:?{s annotations:?{s ownerReferences:?[2 finalizers:?[s managedFields:?[3
OwnerReference apiVersion:s kind:s name:s uid:s controller:?*b blockOwnerDeletion:?*b
ManagedFieldsEntry manager:?s operation:?s apiVersion:?s time:?*T fieldsType:?s fieldsV1:?*R subresource:?s
MutatingAdmissionPolicySpec paramKind:?*5 matchConstraints:?*6 variables:?[10 mutations:?[11 failurePolicy:?*s matchConditions:?[13 reinvocationPolicy:?s
ParamKind apiVersion:?s kind:?s
MatchResources namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[9 excludeResourceRules:?[9 matchPolicy:?*s
LabelSelector matchLabels:?{s matchExpressions:?[8
LabelSelectorRequirement key:s operator:s values:?[s
NamedRuleWithOperations resourceNames:?[s operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
Variable name:s expression:s
Mutation patchType:s applyConfiguration:?*12 jsonPatch:?*R
ApplyConfiguration expression:?s
MatchCondition name:s expression:s
MutatingAdmissionPolicyBinding metadata:?1 spec:?15
MutatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*16 matchResources:?*6
ParamRef name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*s
MutatingWebhookConfiguration metadata:?1 webhooks:?[18
MutatingWebhook name:s clientConfig:19 rules:?[21 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:*s timeoutSeconds:?*i admissionReviewVersions:[s reinvocationPolicy:?*s matchConditions:?[13
WebhookClientConfig url:?*s service:?*20 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
RuleWithOperations operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
ValidatingAdmissionPolicy metadata:?1 spec:?23 status:-
ValidatingAdmissionPolicySpec paramKind:?*5 matchConstraints:?*6 validations:?[24 failurePolicy:?*s auditAnnotations:?[25 matchConditions:?[13 variables:?[10
Validation expression:s message:?s reason:?*s messageExpression:?s
AuditAnnotation key:s valueExpression:s
ValidatingAdmissionPolicyBinding metadata:?1 spec:?27
ValidatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*16 matchResources:?*6 validationActions:?[s
ValidatingWebhookConfiguration metadata:?1 webhooks:?[29
ValidatingWebhook name:s clientConfig:19 rules:?[21 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:*s timeoutSeconds:?*i admissionReviewVersions:[s matchConditions:?[13
MutatingAdmissionPolicy metadata:?1 spec:?31
MutatingAdmissionPolicySpec paramKind:?*32 matchConstraints:?*33 variables:?[35 mutations:?[36 failurePolicy:?*s matchConditions:?[38 reinvocationPolicy:?s
ParamKind apiVersion:?s kind:?s
MatchResources namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[34 excludeResourceRules:?[34 matchPolicy:?*s
NamedRuleWithOperations resourceNames:?[s operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
Variable name:s expression:s
Mutation patchType:s applyConfiguration:?*37 jsonPatch:?*R
ApplyConfiguration expression:?s
MatchCondition name:s expression:s
MutatingAdmissionPolicyBinding metadata:?1 spec:?40
MutatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*41 matchResources:?*33
ParamRef name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*s
ValidatingAdmissionPolicy metadata:?1 spec:?43 status:-
ValidatingAdmissionPolicySpec paramKind:?*32 matchConstraints:?*33 validations:?[44 failurePolicy:?*s auditAnnotations:?[45 matchConditions:?[38 variables:?[35
Validation expression:s message:?s reason:?*s messageExpression:?s
AuditAnnotation key:s valueExpression:s
ValidatingAdmissionPolicyBinding metadata:?1 spec:?47
ValidatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*41 matchResources:?*33 validationActions:?[s
MutatingAdmissionPolicy metadata:?1 spec:?49
MutatingAdmissionPolicySpec paramKind:?*50 matchConstraints:?*51 variables:?[53 mutations:?[54 failurePolicy:?*s matchConditions:?[56 reinvocationPolicy:?s
ParamKind apiVersion:?s kind:?s
MatchResources namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[52 excludeResourceRules:?[52 matchPolicy:?*s
NamedRuleWithOperations resourceNames:?[s operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
Variable name:s expression:s
Mutation patchType:s applyConfiguration:?*55 jsonPatch:?*R
ApplyConfiguration expression:?s
MatchCondition name:s expression:s
MutatingAdmissionPolicyBinding metadata:?1 spec:?58
MutatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*59 matchResources:?*51
ParamRef name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*s
MutatingWebhookConfiguration metadata:?1 webhooks:?[61
MutatingWebhook name:s clientConfig:62 rules:?[21 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:?*s timeoutSeconds:?*i admissionReviewVersions:?[s reinvocationPolicy:?*s matchConditions:?[56
WebhookClientConfig url:?*s service:?*63 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
ValidatingAdmissionPolicy metadata:?1 spec:?65 status:-
ValidatingAdmissionPolicySpec paramKind:?*50 matchConstraints:?*51 validations:?[66 failurePolicy:?*s auditAnnotations:?[67 matchConditions:?[56 variables:?[53
Validation expression:s message:?s reason:?*s messageExpression:?s
AuditAnnotation key:s valueExpression:s
ValidatingAdmissionPolicyBinding metadata:?1 spec:?69
ValidatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*59 matchResources:?*51 validationActions:?[s
ValidatingWebhookConfiguration metadata:?1 webhooks:?[71
ValidatingWebhook name:s clientConfig:62 rules:?[21 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:?*s timeoutSeconds:?*i admissionReviewVersions:?[s matchConditions:?[56
ConversionReview request:?*73 response:?*74
ConversionRequest uid:s desiredAPIVersion:s objects:[R
ConversionResponse uid:s convertedObjects:[R result:75
Status metadata:?76 status:?s message:?s reason:?s details:?*78 code:?i
ListMeta selfLink:?s resourceVersion:?s continue:?s remainingItemCount:?*l shardInfo:?*77
ShardInfo selector:s
StatusDetails name:?s group:?s kind:?s uid:?s causes:?[79 retryAfterSeconds:?i
StatusCause reason:?s message:?s field:?s
CustomResourceDefinition metadata:?1 spec:81 status:-
CustomResourceDefinitionSpec group:s names:82 scope:s versions:[83 conversion:?*93 preserveUnknownFields:?b
CustomResourceDefinitionNames plural:s singular:?s shortNames:?[s kind:s listKind:?s categories:?[s
CustomResourceDefinitionVersion name:s served:b storage:b deprecated:?b deprecationWarning:?*s schema:?*84 subresources:?*88 additionalPrinterColumns:?[91 selectableFields:?[92
CustomResourceValidation openAPIV3Schema:?*85
JSONSchemaProps id:?s $schema:?s $ref:?*s description:?s type:?s format:?s title:?s default:?*R maximum:?*f exclusiveMaximum:?b minimum:?*f exclusiveMinimum:?b maxLength:?*l minLength:?*l pattern:?s maxItems:?*l minItems:?*l uniqueItems:?b multipleOf:?*f enum:?[R maxProperties:?*l minProperties:?*l required:?[s items:?*R allOf:?[85 oneOf:?[85 anyOf:?[85 not:?*85 properties:?{85 additionalProperties:?*R patternProperties:?{85 dependencies:?{R additionalItems:?*R definitions:?{85 externalDocs:?*86 example:?*R nullable:?b x-kubernetes-preserve-unknown-fields:?*b x-kubernetes-embedded-resource:?b x-kubernetes-int-or-string:?b x-kubernetes-list-map-keys:?[s x-kubernetes-list-type:?*s x-kubernetes-map-type:?*s x-kubernetes-validations:?[87
ExternalDocumentation description:?s url:?s
ValidationRule rule:s message:?s messageExpression:?s reason:?*s fieldPath:?s optionalOldSelf:?*b
CustomResourceSubresources status:?*89 scale:?*90
CustomResourceSubresourceStatus 
CustomResourceSubresourceScale specReplicasPath:s statusReplicasPath:s labelSelectorPath:?*s
CustomResourceColumnDefinition name:s type:s format:?s description:?s priority:?i jsonPath:s
SelectableField jsonPath:s
CustomResourceConversion strategy:s webhook:?*94
WebhookConversion clientConfig:?*95 conversionReviewVersions:[s
WebhookClientConfig url:?*s service:?*96 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
ConversionReview request:?*98 response:?*99
ConversionRequest uid:s desiredAPIVersion:s objects:[R
ConversionResponse uid:s convertedObjects:[R result:75
CustomResourceDefinition metadata:?1 spec:101 status:-
CustomResourceDefinitionSpec group:s version:?s names:102 scope:s validation:?*103 subresources:?*107 versions:?[110 additionalPrinterColumns:?[111 selectableFields:?[112 conversion:?*113 preserveUnknownFields:?*b
CustomResourceDefinitionNames plural:s singular:?s shortNames:?[s kind:s listKind:?s categories:?[s
CustomResourceValidation openAPIV3Schema:?*104
JSONSchemaProps id:?s $schema:?s $ref:?*s description:?s type:?s format:?s title:?s default:?*R maximum:?*f exclusiveMaximum:?b minimum:?*f exclusiveMinimum:?b maxLength:?*l minLength:?*l pattern:?s maxItems:?*l minItems:?*l uniqueItems:?b multipleOf:?*f enum:?[R maxProperties:?*l minProperties:?*l required:?[s items:?*R allOf:?[104 oneOf:?[104 anyOf:?[104 not:?*104 properties:?{104 additionalProperties:?*R patternProperties:?{104 dependencies:?{R additionalItems:?*R definitions:?{104 externalDocs:?*105 example:?*R nullable:?b x-kubernetes-preserve-unknown-fields:?*b x-kubernetes-embedded-resource:?b x-kubernetes-int-or-string:?b x-kubernetes-list-map-keys:?[s x-kubernetes-list-type:?*s x-kubernetes-map-type:?*s x-kubernetes-validations:?[106
ExternalDocumentation description:?s url:?s
ValidationRule rule:s message:?s messageExpression:?s reason:?*s fieldPath:?s optionalOldSelf:?*b
CustomResourceSubresources status:?*108 scale:?*109
CustomResourceSubresourceStatus 
CustomResourceSubresourceScale specReplicasPath:s statusReplicasPath:s labelSelectorPath:?*s
CustomResourceDefinitionVersion name:s served:b storage:b deprecated:?b deprecationWarning:?*s schema:?*103 subresources:?*107 additionalPrinterColumns:?[111 selectableFields:?[112
CustomResourceColumnDefinition name:s type:s format:?s description:?s priority:?i JSONPath:s
SelectableField jsonPath:s
CustomResourceConversion strategy:s webhookClientConfig:?*114 conversionReviewVersions:?[s
WebhookClientConfig url:?*s service:?*115 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
ControllerRevision metadata:?1 data:?R revision:l
DaemonSet metadata:?1 spec:?118 status:-
DaemonSetSpec selector:*7 template:119 updateStrategy:?224 minReadySeconds:?i revisionHistoryLimit:?*i
PodTemplateSpec metadata:?1 spec:?120
PodSpec volumes:?[121 initContainers:?[169 containers:[169 ephemeralContainers:?[201 restartPolicy:?s terminationGracePeriodSeconds:?*l activeDeadlineSeconds:?*l dnsPolicy:?s nodeSelector:?{s serviceAccountName:?s serviceAccount:?s automountServiceAccountToken:?*b nodeName:?s hostNetwork:?b hostPID:?b hostIPC:?b shareProcessNamespace:?*b securityContext:?*202 imagePullSecrets:?[131 hostname:?s subdomain:?s affinity:?*204 schedulerName:?s tolerations:?[214 hostAliases:?[215 priorityClassName:?s priority:?*i dnsConfig:?*216 readinessGates:?[218 runtimeClassName:?*s enableServiceLinks:?*b preemptionPolicy:?*s overhead:?{Q topologySpreadConstraints:?[219 setHostnameAsFQDN:?*b os:?*220 hostUsers:?*b schedulingGates:?[221 resourceClaims:?[222 resources:?*179 hostnameOverride:?*s schedulingGroup:?*223
Volume name:s hostPath:?*122 emptyDir:?*123 gcePersistentDisk:?*124 awsElasticBlockStore:?*125 gitRepo:?*126 secret:?*127 nfs:?*129 iscsi:?*130 glusterfs:?*132 persistentVolumeClaim:?*133 rbd:?*134 flexVolume:?*135 cinder:?*136 cephfs:?*137 flocker:?*138 downwardAPI:?*139 fc:?*143 azureFile:?*144 configMap:?*145 vsphereVolume:?*146 quobyte:?*147 azureDisk:?*148 photonPersistentDisk:?*149 projected:?*150 portworxVolume:?*158 scaleIO:?*159 storageos:?*160 csi:?*161 ephemeral:?*162 image:?*168
HostPathVolumeSource path:s type:?*s
EmptyDirVolumeSource medium:?s sizeLimit:?*Q
GCEPersistentDiskVolumeSource pdName:s fsType:?s partition:?i readOnly:?b
AWSElasticBlockStoreVolumeSource volumeID:s fsType:?s partition:?i readOnly:?b
GitRepoVolumeSource repository:s revision:?s directory:?s
SecretVolumeSource secretName:?s items:?[128 defaultMode:?*i optional:?*b
KeyToPath key:s path:s mode:?*i
NFSVolumeSource server:s path:s readOnly:?b
ISCSIVolumeSource targetPortal:s iqn:s lun:i iscsiInterface:?s fsType:?s readOnly:?b portals:?[s chapAuthDiscovery:?b chapAuthSession:?b secretRef:?*131 initiatorName:?*s
LocalObjectReference name:?s
GlusterfsVolumeSource endpoints:s path:s readOnly:?b
PersistentVolumeClaimVolumeSource claimName:s readOnly:?b
RBDVolumeSource monitors:[s image:s fsType:?s pool:?s user:?s keyring:?s secretRef:?*131 readOnly:?b
FlexVolumeSource driver:s fsType:?s secretRef:?*131 readOnly:?b options:?{s
CinderVolumeSource volumeID:s fsType:?s readOnly:?b secretRef:?*131
CephFSVolumeSource monitors:[s path:?s user:?s secretFile:?s secretRef:?*131 readOnly:?b
FlockerVolumeSource datasetName:?s datasetUUID:?s
DownwardAPIVolumeSource items:?[140 defaultMode:?*i
DownwardAPIVolumeFile path:s fieldRef:?*141 resourceFieldRef:?*142 mode:?*i
ObjectFieldSelector apiVersion:?s fieldPath:s
ResourceFieldSelector containerName:?s resource:s divisor:?Q
FCVolumeSource targetWWNs:?[s lun:?*i fsType:?s readOnly:?b wwids:?[s
AzureFileVolumeSource secretName:s shareName:s readOnly:?b
ConfigMapVolumeSource name:?s items:?[128 defaultMode:?*i optional:?*b
VsphereVirtualDiskVolumeSource volumePath:s fsType:?s storagePolicyName:?s storagePolicyID:?s
QuobyteVolumeSource registry:s volume:s readOnly:?b user:?s group:?s tenant:?s
AzureDiskVolumeSource diskName:s diskURI:s cachingMode:?*s fsType:?*s readOnly:?*b kind:?*s
PhotonPersistentDiskVolumeSource pdID:s fsType:?s
ProjectedVolumeSource sources:[151 defaultMode:?*i
VolumeProjection secret:?*152 downwardAPI:?*153 configMap:?*154 serviceAccountToken:?*155 clusterTrustBundle:?*156 podCertificate:?*157
SecretProjection name:?s items:?[128 optional:?*b
DownwardAPIProjection items:?[140
ConfigMapProjection name:?s items:?[128 optional:?*b
ServiceAccountTokenProjection audience:?s expirationSeconds:?*l path:s
ClusterTrustBundleProjection name:?*s signerName:?*s labelSelector:?*7 optional:?*b path:s
PodCertificateProjection signerName:?s keyType:?s maxExpirationSeconds:?*i credentialBundlePath:?s keyPath:?s certificateChainPath:?s userAnnotations:?{s
PortworxVolumeSource volumeID:s fsType:?s readOnly:?b
ScaleIOVolumeSource gateway:s system:s secretRef:*131 sslEnabled:?b protectionDomain:?s storagePool:?s storageMode:?s volumeName:?s fsType:?s readOnly:?b
StorageOSVolumeSource volumeName:?s volumeNamespace:?s fsType:?s readOnly:?b secretRef:?*131
CSIVolumeSource driver:s readOnly:?*b fsType:?*s volumeAttributes:?{s nodePublishSecretRef:?*131
EphemeralVolumeSource volumeClaimTemplate:?*163
PersistentVolumeClaimTemplate metadata:?1 spec:164
PersistentVolumeClaimSpec accessModes:?[s selector:?*7 resources:?165 volumeName:?s storageClassName:?*s volumeMode:?*s dataSource:?*166 dataSourceRef:?*167 volumeAttributesClassName:?*s
VolumeResourceRequirements limits:?{Q requests:?{Q
TypedLocalObjectReference apiGroup:*s kind:s name:s
TypedObjectReference apiGroup:*s kind:s name:s namespace:?*s
ImageVolumeSource reference:?s pullPolicy:?s
Container name:s image:?s command:?[s args:?[s workingDir:?s ports:?[170 envFrom:?[171 env:?[174 resources:?179 resizePolicy:?[181 restartPolicy:?*s restartPolicyRules:?[182 volumeMounts:?[184 volumeDevices:?[185 livenessProbe:?*186 readinessProbe:?*186 startupProbe:?*186 lifecycle:?*192 terminationMessagePath:?s terminationMessagePolicy:?s imagePullPolicy:?s securityContext:?*195 stdin:?b stdinOnce:?b tty:?b
ContainerPort name:?s hostPort:?i containerPort:i protocol:?s hostIP:?s
EnvFromSource prefix:?s configMapRef:?*172 secretRef:?*173
ConfigMapEnvSource name:?s optional:?*b
SecretEnvSource name:?s optional:?*b
EnvVar name:s value:?s valueFrom:?*175
EnvVarSource fieldRef:?*141 resourceFieldRef:?*142 configMapKeyRef:?*176 secretKeyRef:?*177 fileKeyRef:?*178
ConfigMapKeySelector name:?s key:s optional:?*b
SecretKeySelector name:?s key:s optional:?*b
FileKeySelector volumeName:s path:s key:s optional:?*b
ResourceRequirements limits:?{Q requests:?{Q claims:?[180
ResourceClaim name:s request:?s
ContainerResizePolicy resourceName:s restartPolicy:s
ContainerRestartRule action:?s exitCodes:?*183
ContainerRestartRuleOnExitCodes operator:?s values:?[i
VolumeMount name:s readOnly:?b recursiveReadOnly:?*s mountPath:s subPath:?s mountPropagation:?*s subPathExpr:?s
VolumeDevice name:s devicePath:s
Probe exec:?*187 httpGet:?*188 tcpSocket:?*190 grpc:?*191 initialDelaySeconds:?i timeoutSeconds:?i periodSeconds:?i successThreshold:?i failureThreshold:?i terminationGracePeriodSeconds:?*l
ExecAction command:?[s
HTTPGetAction path:?s port:I host:?s scheme:?s httpHeaders:?[189
HTTPHeader name:s value:s
TCPSocketAction port:I host:?s
GRPCAction port:i service:*s
Lifecycle postStart:?*193 preStop:?*193 stopSignal:?*s
LifecycleHandler exec:?*187 httpGet:?*188 tcpSocket:?*190 sleep:?*194
SleepAction seconds:l
SecurityContext capabilities:?*196 privileged:?*b seLinuxOptions:?*197 windowsOptions:?*198 runAsUser:?*l runAsGroup:?*l runAsNonRoot:?*b readOnlyRootFilesystem:?*b allowPrivilegeEscalation:?*b procMount:?*s seccompProfile:?*199 appArmorProfile:?*200
Capabilities add:?[s drop:?[s
SELinuxOptions user:?s role:?s type:?s level:?s
WindowsSecurityContextOptions gmsaCredentialSpecName:?*s gmsaCredentialSpec:?*s runAsUserName:?*s hostProcess:?*b
SeccompProfile type:s localhostProfile:?*s
AppArmorProfile type:s localhostProfile:?*s
EphemeralContainer name:s image:?s command:?[s args:?[s workingDir:?s ports:?[170 envFrom:?[171 env:?[174 resources:?179 resizePolicy:?[181 restartPolicy:?*s restartPolicyRules:?[182 volumeMounts:?[184 volumeDevices:?[185 livenessProbe:?*186 readinessProbe:?*186 startupProbe:?*186 lifecycle:?*192 terminationMessagePath:?s terminationMessagePolicy:?s imagePullPolicy:?s securityContext:?*195 stdin:?b stdinOnce:?b tty:?b targetContainerName:?s
PodSecurityContext seLinuxOptions:?*197 windowsOptions:?*198 runAsUser:?*l runAsGroup:?*l runAsNonRoot:?*b supplementalGroups:?[l supplementalGroupsPolicy:?*s fsGroup:?*l sysctls:?[203 fsGroupChangePolicy:?*s seccompProfile:?*199 appArmorProfile:?*200 seLinuxChangePolicy:?*s
Sysctl name:s value:s
Affinity nodeAffinity:?*205 podAffinity:?*210 podAntiAffinity:?*213
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:?*206 preferredDuringSchedulingIgnoredDuringExecution:?[209
NodeSelector nodeSelectorTerms:[207
NodeSelectorTerm matchExpressions:?[208 matchFields:?[208
NodeSelectorRequirement key:s operator:s values:?[s
PreferredSchedulingTerm weight:i preference:207
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:?[211 preferredDuringSchedulingIgnoredDuringExecution:?[212
PodAffinityTerm labelSelector:?*7 namespaces:?[s topologyKey:s namespaceSelector:?*7 matchLabelKeys:?[s mismatchLabelKeys:?[s
WeightedPodAffinityTerm weight:i podAffinityTerm:211
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:?[211 preferredDuringSchedulingIgnoredDuringExecution:?[212
Toleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
HostAlias ip:s hostnames:?[s
PodDNSConfig nameservers:?[s searches:?[s options:?[217
PodDNSConfigOption name:?s value:?*s
PodReadinessGate conditionType:s
TopologySpreadConstraint maxSkew:i topologyKey:s whenUnsatisfiable:s labelSelector:?*7 minDomains:?*i nodeAffinityPolicy:?*s nodeTaintsPolicy:?*s matchLabelKeys:?[s
PodOS name:s
PodSchedulingGate name:s
PodResourceClaim name:s resourceClaimName:?*s resourceClaimTemplateName:?*s
PodSchedulingGroup podGroupName:?*s
DaemonSetUpdateStrategy type:?s rollingUpdate:?*225
RollingUpdateDaemonSet maxUnavailable:?*I maxSurge:?*I
Deployment metadata:?1 spec:?227 status:-
DeploymentSpec replicas:?*i selector:*7 template:119 strategy:?228 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*229
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
ReplicaSet metadata:?1 spec:?231 status:-
ReplicaSetSpec replicas:?*i minReadySeconds:?i selector:*7 template:?119
StatefulSet metadata:?1 spec:?233 status:-
StatefulSetSpec replicas:?*i selector:*7 template:119 volumeClaimTemplates:?[234 serviceName:s podManagementPolicy:?s updateStrategy:?235 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*237 ordinals:?*238
PersistentVolumeClaim metadata:?1 spec:?164 status:-
StatefulSetUpdateStrategy type:?s rollingUpdate:?*236
RollingUpdateStatefulSetStrategy partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:?s whenScaled:?s
StatefulSetOrdinals start:i
ControllerRevision metadata:?1 data:?R revision:l
Deployment metadata:?1 spec:?241 status:-
DeploymentSpec replicas:?*i selector:?*7 template:119 strategy:?242 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b rollbackTo:?*244 progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*243
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
RollbackConfig revision:?l
DeploymentRollback name:s updatedAnnotations:?{s rollbackTo:244
Scale metadata:?1 spec:?247 status:-
ScaleSpec replicas:?i
StatefulSet metadata:?1 spec:?249 status:-
StatefulSetSpec replicas:?*i selector:?*7 template:119 volumeClaimTemplates:?[234 serviceName:s podManagementPolicy:?s updateStrategy:?250 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*252 ordinals:?*253
StatefulSetUpdateStrategy type:?s rollingUpdate:?*251
RollingUpdateStatefulSetStrategy partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:?s whenScaled:?s
StatefulSetOrdinals start:i
ControllerRevision metadata:?1 data:?R revision:l
DaemonSet metadata:?1 spec:?256 status:-
DaemonSetSpec selector:*7 template:119 updateStrategy:?257 minReadySeconds:?i revisionHistoryLimit:?*i
DaemonSetUpdateStrategy type:?s rollingUpdate:?*258
RollingUpdateDaemonSet maxUnavailable:?*I maxSurge:?*I
Deployment metadata:?1 spec:?260 status:-
DeploymentSpec replicas:?*i selector:*7 template:119 strategy:?261 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*262
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
ReplicaSet metadata:?1 spec:?264 status:-
ReplicaSetSpec replicas:?*i minReadySeconds:?i selector:*7 template:?119
Scale metadata:?1 spec:?266 status:-
ScaleSpec replicas:?i
StatefulSet metadata:?1 spec:?268 status:-
StatefulSetSpec replicas:?*i selector:*7 template:119 volumeClaimTemplates:?[234 serviceName:s podManagementPolicy:?s updateStrategy:?269 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*271 ordinals:?*272
StatefulSetUpdateStrategy type:?s rollingUpdate:?*270
RollingUpdateStatefulSetStrategy partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:?s whenScaled:?s
StatefulSetOrdinals start:i
SelfSubjectReview metadata:?1 status:-
TokenRequest metadata:?1 spec:275 status:-
TokenRequestSpec audiences:[s expirationSeconds:*l boundObjectRef:*276
BoundObjectReference kind:?s apiVersion:?s name:?s uid:?s
TokenReview metadata:?1 spec:278 status:-
TokenReviewSpec token:?s audiences:?[s
SelfSubjectReview metadata:?1 status:-
SelfSubjectReview metadata:?1 status:-
TokenReview metadata:?1 spec:282 status:-
TokenReviewSpec token:?s audiences:?[s
LocalSubjectAccessReview metadata:?1 spec:284 status:-
SubjectAccessReviewSpec resourceAttributes:?*285 nonResourceAttributes:?*289 user:?s groups:?[s extra:?{[s uid:?s
ResourceAttributes namespace:?s verb:?s group:?s version:?s resource:?s subresource:?s name:?s fieldSelector:?*286 labelSelector:?*288
FieldSelectorAttributes rawSelector:?s requirements:?[287
FieldSelectorRequirement key:s operator:s values:?[s
LabelSelectorAttributes rawSelector:?s requirements:?[8
NonResourceAttributes path:?s verb:?s
SelfSubjectAccessReview metadata:?1 spec:291 status:-
SelfSubjectAccessReviewSpec resourceAttributes:?*285 nonResourceAttributes:?*289
SelfSubjectRulesReview metadata:?1 spec:293 status:-
SelfSubjectRulesReviewSpec namespace:?s
SubjectAccessReview metadata:?1 spec:284 status:-
LocalSubjectAccessReview metadata:?1 spec:296 status:-
SubjectAccessReviewSpec resourceAttributes:?*297 nonResourceAttributes:?*298 user:?s group:?[s extra:?{[s uid:?s
ResourceAttributes namespace:?s verb:?s group:?s version:?s resource:?s subresource:?s name:?s fieldSelector:?*286 labelSelector:?*288
NonResourceAttributes path:?s verb:?s
SelfSubjectAccessReview metadata:?1 spec:300 status:-
SelfSubjectAccessReviewSpec resourceAttributes:?*297 nonResourceAttributes:?*298
SelfSubjectRulesReview metadata:?1 spec:302 status:-
SelfSubjectRulesReviewSpec namespace:?s
SubjectAccessReview metadata:?1 spec:296 status:-
HorizontalPodAutoscaler metadata:?1 spec:?305 status:-
HorizontalPodAutoscalerSpec scaleTargetRef:306 minReplicas:?*i maxReplicas:i targetCPUUtilizationPercentage:?*i
CrossVersionObjectReference kind:s name:s apiVersion:?s
Scale metadata:?1 spec:?308 status:-
ScaleSpec replicas:?i
HorizontalPodAutoscaler metadata:?1 spec:?310 status:-
HorizontalPodAutoscalerSpec scaleTargetRef:311 minReplicas:?*i maxReplicas:i metrics:?[312 behavior:?*320
CrossVersionObjectReference kind:s name:s apiVersion:?s
MetricSpec type:s object:?*313 pods:?*316 resource:?*317 containerResource:?*318 external:?*319
ObjectMetricSource describedObject:311 target:314 metric:315
MetricTarget type:s value:?*Q averageValue:?*Q averageUtilization:?*i
MetricIdentifier name:s selector:?*7
PodsMetricSource metric:315 target:314
ResourceMetricSource name:s target:314
ContainerResourceMetricSource name:s target:314 container:s
ExternalMetricSource metric:315 target:314
HorizontalPodAutoscalerBehavior scaleUp:?*321 scaleDown:?*321
HPAScalingRules stabilizationWindowSeconds:?*i selectPolicy:?*s policies:?[322 tolerance:?*Q
HPAScalingPolicy type:s value:i periodSeconds:i
CronJob metadata:?1 spec:?324 status:-
CronJobSpec schedule:s timeZone:?*s startingDeadlineSeconds:?*l concurrencyPolicy:?s suspend:?*b jobTemplate:325 successfulJobsHistoryLimit:?*i failedJobsHistoryLimit:?*i
JobTemplateSpec metadata:?1 spec:?326
JobSpec parallelism:?*i completions:?*i activeDeadlineSeconds:?*l podFailurePolicy:?*327 successPolicy:?*331 backoffLimit:?*i backoffLimitPerIndex:?*i maxFailedIndexes:?*i selector:?*7 manualSelector:?*b template:119 ttlSecondsAfterFinished:?*i completionMode:?*s suspend:?*b podReplacementPolicy:?*s managedBy:?*s
PodFailurePolicy rules:[328
PodFailurePolicyRule action:s onExitCodes:?*329 onPodConditions:?[330
PodFailurePolicyOnExitCodesRequirement containerName:?*s operator:s values:[i
PodFailurePolicyOnPodConditionsPattern type:s status:s
SuccessPolicy rules:[332
SuccessPolicyRule succeededIndexes:?*s succeededCount:?*i
Job metadata:?1 spec:?326 status:-
CronJob metadata:?1 spec:?335 status:-
CronJobSpec schedule:s timeZone:?*s startingDeadlineSeconds:?*l concurrencyPolicy:?s suspend:?*b jobTemplate:336 successfulJobsHistoryLimit:?*i failedJobsHistoryLimit:?*i
JobTemplateSpec metadata:?1 spec:?326
CertificateSigningRequest metadata:?1 spec:338 status:-
CertificateSigningRequestSpec request:B signerName:s expirationSeconds:?*i usages:?[s username:?s uid:?s groups:?[s extra:?{[s
ClusterTrustBundle metadata:?1 spec:340
ClusterTrustBundleSpec signerName:?s trustBundle:s
CertificateSigningRequest metadata:?1 spec:342 status:-
CertificateSigningRequestSpec request:B signerName:?*s expirationSeconds:?*i usages:?[s username:?s uid:?s groups:?[s extra:?{[s
ClusterTrustBundle metadata:?1 spec:344
ClusterTrustBundleSpec signerName:?s trustBundle:s
PodCertificateRequest metadata:?1 spec:346 status:-
PodCertificateRequestSpec signerName:s podName:s podUID:s serviceAccountName:s serviceAccountUID:s nodeName:s nodeUID:s maxExpirationSeconds:?*i pkixPublicKey:B proofOfPossession:B stubPKCS10Request:B unverifiedUserAnnotations:?{s
Lease metadata:?1 spec:?348
LeaseSpec holderIdentity:?*s leaseDurationSeconds:?*i acquireTime:?*M renewTime:?*M leaseTransitions:?*i strategy:?*s preferredHolder:?*s
LeaseCandidate metadata:?1 spec:?350
LeaseCandidateSpec leaseName:s pingTime:?*M renewTime:?*M binaryVersion:s emulationVersion:?s strategy:?s
Lease metadata:?1 spec:?352
LeaseSpec holderIdentity:?*s leaseDurationSeconds:?*i acquireTime:?*M renewTime:?*M leaseTransitions:?*i strategy:?*s preferredHolder:?*s
LeaseCandidate metadata:?1 spec:?354
LeaseCandidateSpec leaseName:s pingTime:?*M renewTime:?*M binaryVersion:s emulationVersion:?s strategy:?s
EndpointSlice metadata:?1 addressType:s endpoints:[356 ports:[362
Endpoint addresses:[s conditions:?357 hostname:?*s targetRef:?*358 deprecatedTopology:?{s nodeName:?*s zone:?*s hints:?*359
EndpointConditions ready:?*b serving:?*b terminating:?*b
ObjectReference kind:?s namespace:?s name:?s uid:?s apiVersion:?s resourceVersion:?s fieldPath:?s
EndpointHints forZones:?[360 forNodes:?[361
ForZone name:s
ForNode name:s
EndpointPort name:?*s protocol:?*s port:?*i appProtocol:?*s
EndpointSlice metadata:?1 addressType:s endpoints:[364 ports:[369
Endpoint addresses:[s conditions:?365 hostname:?*s targetRef:?*358 topology:?{s nodeName:?*s hints:?*366
EndpointConditions ready:?*b serving:?*b terminating:?*b
EndpointHints forZones:?[367 forNodes:?[368
ForZone name:s
ForNode name:s
EndpointPort name:?*s protocol:?*s port:?*i appProtocol:?*s
Event metadata:1 eventTime:M series:?*371 reportingController:?s reportingInstance:?s action:?s reason:?s regarding:?358 related:?*358 note:?s type:?s deprecatedSource:?372 deprecatedFirstTimestamp:?T deprecatedLastTimestamp:?T deprecatedCount:?i
EventSeries count:i lastObservedTime:M
EventSource component:?s host:?s
Event metadata:1 eventTime:M series:?*374 reportingController:?s reportingInstance:?s action:?s reason:?s regarding:?358 related:?*358 note:?s type:?s deprecatedSource:?372 deprecatedFirstTimestamp:?T deprecatedLastTimestamp:?T deprecatedCount:?i
EventSeries count:i lastObservedTime:M
DaemonSet metadata:?1 spec:?376 status:-
DaemonSetSpec selector:?*7 template:119 updateStrategy:?377 minReadySeconds:?i templateGeneration:?l revisionHistoryLimit:?*i
DaemonSetUpdateStrategy type:?s rollingUpdate:?*378
RollingUpdateDaemonSet maxUnavailable:?*I maxSurge:?*I
Deployment metadata:?1 spec:?380 status:-
DeploymentSpec replicas:?*i selector:?*7 template:119 strategy:?381 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b rollbackTo:?*383 progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*382
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
RollbackConfig revision:?l
DeploymentRollback name:s updatedAnnotations:?{s rollbackTo:383
Ingress metadata:?1 spec:?386 status:-
IngressSpec ingressClassName:?*s backend:?*387 tls:?[388 rules:?[389
IngressBackend serviceName:?s servicePort:?I resource:?*166
IngressTLS hosts:?[s secretName:?s
IngressRule host:?s http:?*390
HTTPIngressRuleValue paths:[391
HTTPIngressPath path:?s pathType:?*s backend:387
NetworkPolicy metadata:?1 spec:?393
NetworkPolicySpec podSelector:7 ingress:?[394 egress:?[398 policyTypes:?[s
NetworkPolicyIngressRule ports:?[395 from:?[396
NetworkPolicyPort protocol:?*s port:?*I endPort:?*i
NetworkPolicyPeer podSelector:?*7 namespaceSelector:?*7 ipBlock:?*397
IPBlock cidr:s except:?[s
NetworkPolicyEgressRule ports:?[395 to:?[396
ReplicaSet metadata:?1 spec:?400 status:-
ReplicaSetSpec replicas:?*i minReadySeconds:?i selector:?*7 template:?119
Scale metadata:?1 spec:?402 status:-
ScaleSpec replicas:?i
FlowSchema metadata:?1 spec:?404 status:-
FlowSchemaSpec priorityLevelConfiguration:405 matchingPrecedence:i distinguisherMethod:?*406 rules:?[407
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[408 resourceRules:?[412 nonResourceRules:?[413
Subject kind:s user:?*409 group:?*410 serviceAccount:?*411
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?415 status:-
PriorityLevelConfigurationSpec type:s limited:?*416 exempt:?*419
LimitedPriorityLevelConfiguration nominalConcurrencyShares:*i limitResponse:?417 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*418
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema metadata:?1 spec:?421 status:-
FlowSchemaSpec priorityLevelConfiguration:422 matchingPrecedence:i distinguisherMethod:?*423 rules:?[424
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[425 resourceRules:?[429 nonResourceRules:?[430
Subject kind:s user:?*426 group:?*427 serviceAccount:?*428
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?432 status:-
PriorityLevelConfigurationSpec type:s limited:?*433 exempt:?*436
LimitedPriorityLevelConfiguration assuredConcurrencyShares:i limitResponse:?434 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*435
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema metadata:?1 spec:?438 status:-
FlowSchemaSpec priorityLevelConfiguration:439 matchingPrecedence:i distinguisherMethod:?*440 rules:?[441
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[442 resourceRules:?[446 nonResourceRules:?[447
Subject kind:s user:?*443 group:?*444 serviceAccount:?*445
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?449 status:-
PriorityLevelConfigurationSpec type:s limited:?*450 exempt:?*453
LimitedPriorityLevelConfiguration assuredConcurrencyShares:i limitResponse:?451 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*452
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema metadata:?1 spec:?455 status:-
FlowSchemaSpec priorityLevelConfiguration:456 matchingPrecedence:i distinguisherMethod:?*457 rules:?[458
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[459 resourceRules:?[463 nonResourceRules:?[464
Subject kind:s user:?*460 group:?*461 serviceAccount:?*462
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?466 status:-
PriorityLevelConfigurationSpec type:s limited:?*467 exempt:?*470
LimitedPriorityLevelConfiguration nominalConcurrencyShares:i limitResponse:?468 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*469
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
StorageVersion metadata:?1 spec:472 status:-
StorageVersionSpec 
IPAddress metadata:?1 spec:?474
IPAddressSpec parentRef:?*475
ParentReference group:?s resource:?s namespace:?s name:?s
Ingress metadata:?1 spec:?477 status:-
IngressSpec ingressClassName:?*s defaultBackend:?*478 tls:?[481 rules:?[482
IngressBackend service:?*479 resource:?*166
IngressServiceBackend name:s port:?480
ServiceBackendPort name:?s number:?i
IngressTLS hosts:?[s secretName:?s
IngressRule host:?s http:?*483
HTTPIngressRuleValue paths:[484
HTTPIngressPath path:?s pathType:*s backend:478
IngressClass metadata:?1 spec:?486
IngressClassSpec controller:?s parameters:?*487
IngressClassParametersReference apiGroup:?*s kind:s name:s scope:*s namespace:?*s
NetworkPolicy metadata:?1 spec:?489
NetworkPolicySpec podSelector:7 ingress:?[490 egress:?[494 policyTypes:?[s
NetworkPolicyIngressRule ports:?[491 from:?[492
NetworkPolicyPort protocol:?*s port:?*I endPort:?*i
NetworkPolicyPeer podSelector:?*7 namespaceSelector:?*7 ipBlock:?*493
IPBlock cidr:s except:?[s
NetworkPolicyEgressRule ports:?[491 to:?[492
ServiceCIDR metadata:?1 spec:?496 status:-
ServiceCIDRSpec cidrs:?[s
IPAddress metadata:?1 spec:?498
IPAddressSpec parentRef:?*499
ParentReference group:?s resource:?s namespace:?s name:?s
Ingress metadata:?1 spec:?501 status:-
IngressSpec ingressClassName:?*s backend:?*502 tls:?[503 rules:?[504
IngressBackend serviceName:?s servicePort:?I resource:?*166
IngressTLS hosts:?[s secretName:?s
IngressRule host:?s http:?*505
HTTPIngressRuleValue paths:[506
HTTPIngressPath path:?s pathType:?*s backend:502
IngressClass metadata:?1 spec:?508
IngressClassSpec controller:?s parameters:?*509
IngressClassParametersReference apiGroup:?*s kind:s name:s scope:*s namespace:?*s
ServiceCIDR metadata:?1 spec:?511 status:-
ServiceCIDRSpec cidrs:?[s
RuntimeClass metadata:?1 handler:s overhead:?*513 scheduling:?*514
Overhead podFixed:?{Q
Scheduling nodeSelector:?{s tolerations:?[214
RuntimeClass metadata:?1 spec:516
RuntimeClassSpec runtimeHandler:s overhead:?*517 scheduling:?*518
Overhead podFixed:?{Q
Scheduling nodeSelector:?{s tolerations:?[214
RuntimeClass metadata:?1 handler:s overhead:?*520 scheduling:?*521
Overhead podFixed:?{Q
Scheduling nodeSelector:?{s tolerations:?[214
Eviction metadata:?1 deleteOptions:?*523
DeleteOptions gracePeriodSeconds:?*l preconditions:?*524 orphanDependents:?*b propagationPolicy:?*s dryRun:?[s ignoreStoreReadErrorWithClusterBreakingPotential:?*b
Preconditions uid:?*s resourceVersion:?*s
PodDisruptionBudget metadata:?1 spec:?526 status:-
PodDisruptionBudgetSpec minAvailable:?*I selector:?*7 maxUnavailable:?*I unhealthyPodEvictionPolicy:?*s
Eviction metadata:?1 deleteOptions:?*523
PodDisruptionBudget metadata:?1 spec:?529 status:-
PodDisruptionBudgetSpec minAvailable:?*I selector:?*7 maxUnavailable:?*I unhealthyPodEvictionPolicy:?*s
ClusterRole metadata:?1 rules:[531 aggregationRule:?*532
PolicyRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule clusterRoleSelectors:?[7
ClusterRoleBinding metadata:?1 subjects:?[534 roleRef:535
Subject kind:s apiGroup:?s name:s namespace:?s
RoleRef apiGroup:s kind:s name:s
Role metadata:?1 rules:[531
RoleBinding metadata:?1 subjects:?[534 roleRef:535
ClusterRole metadata:?1 rules:[539 aggregationRule:?*540
PolicyRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule clusterRoleSelectors:?[7
ClusterRoleBinding metadata:?1 subjects:?[542 roleRef:543
Subject kind:s apiVersion:?s name:s namespace:?s
RoleRef apiGroup:s kind:s name:s
Role metadata:?1 rules:[539
RoleBinding metadata:?1 subjects:?[542 roleRef:543
ClusterRole metadata:?1 rules:[547 aggregationRule:?*548
PolicyRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule clusterRoleSelectors:?[7
ClusterRoleBinding metadata:?1 subjects:?[550 roleRef:551
Subject kind:s apiGroup:?s name:s namespace:?s
RoleRef apiGroup:s kind:s name:s
Role metadata:?1 rules:[547
RoleBinding metadata:?1 subjects:?[550 roleRef:551
DeviceClass metadata:?1 spec:555
DeviceClassSpec selectors:?[556 config:?[558 extendedResourceName:?*s
DeviceSelector cel:?*557
CELDeviceSelector expression:s
DeviceClassConfiguration opaque:?*559
OpaqueDeviceConfiguration driver:s parameters:R
ResourceClaim metadata:?1 spec:561 status:-
ResourceClaimSpec devices:562
DeviceClaim requests:[563 constraints:?[568 config:?[569
DeviceRequest name:s exactly:?*564 firstAvailable:?[567
ExactDeviceRequest deviceClassName:s selectors:?[556 allocationMode:?s count:?l adminAccess:?*b tolerations:?[565 capacity:?*566
DeviceToleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
CapacityRequirements requests:?{Q
DeviceSubRequest name:s deviceClassName:s selectors:?[556 allocationMode:?s count:?l tolerations:?[565 capacity:?*566
DeviceConstraint requests:?[s matchAttribute:?*s distinctAttribute:?*s
DeviceClaimConfiguration requests:?[s opaque:?*559
ResourceClaimTemplate metadata:?1 spec:571
ResourceClaimTemplateSpec metadata:?1 spec:561
ResourceSlice metadata:?1 spec:573
ResourceSliceSpec driver:s pool:574 nodeName:?*s nodeSelector:?*206 allNodes:?*b devices:?[575 perDeviceNodeSelection:?*b sharedCounters:?[584
ResourcePool name:s generation:l resourceSliceCount:l
Device name:s attributes:?{576 capacity:?{577 consumesCounters:?[580 nodeName:?*s nodeSelector:?*206 allNodes:?*b taints:?[582 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?{583
DeviceAttribute int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity value:Q requestPolicy:?*578
CapacityRequestPolicy default:*Q validValues:?[Q validRange:?*579
CapacityRequestPolicyRange min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption counterSet:s counters:?{581
Counter value:Q
DeviceTaint key:s value:?s effect:s timeAdded:?*T
NodeAllocatableResourceMapping capacityKey:?*s allocationMultiplier:?*Q
CounterSet name:s counters:?{581
DeviceTaintRule metadata:?1 spec:586 status:-
DeviceTaintRuleSpec deviceSelector:?*587 taint:?588
DeviceTaintSelector driver:?*s pool:?*s device:?*s
DeviceTaint key:s value:?s effect:s timeAdded:?*T
ResourcePoolStatusRequest metadata:?1 spec:590 status:?*591
ResourcePoolStatusRequestSpec driver:s poolName:?*s limit:?*i
ResourcePoolStatusRequestStatus poolCount:?*i pools:?[592 conditions:?[593
PoolStatus driver:?s poolName:?s generation:l resourceSliceCount:?*i totalDevices:?*i allocatedDevices:?*i availableDevices:?*i unavailableDevices:?*i nodeName:?*s validationError:?*s
Condition type:s status:s observedGeneration:?l lastTransitionTime:T reason:s message:s
DeviceClass metadata:?1 spec:595
DeviceClassSpec selectors:?[596 config:?[598 extendedResourceName:?*s
DeviceSelector cel:?*597
CELDeviceSelector expression:s
DeviceClassConfiguration opaque:?*599
OpaqueDeviceConfiguration driver:s parameters:R
ResourceClaim metadata:?1 spec:601 status:-
ResourceClaimSpec devices:602
DeviceClaim requests:[603 constraints:?[607 config:?[608
DeviceRequest name:s deviceClassName:s selectors:?[596 allocationMode:?s count:?l adminAccess:?*b firstAvailable:?[604 tolerations:?[605 capacity:?*606
DeviceSubRequest name:s deviceClassName:s selectors:?[596 allocationMode:?s count:?l tolerations:?[605 capacity:?*606
DeviceToleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
CapacityRequirements requests:?{Q
DeviceConstraint requests:?[s matchAttribute:?*s distinctAttribute:?*s
DeviceClaimConfiguration requests:?[s opaque:?*599
ResourceClaimTemplate metadata:?1 spec:610
ResourceClaimTemplateSpec metadata:?1 spec:601
ResourceSlice metadata:?1 spec:612
ResourceSliceSpec driver:s pool:613 nodeName:?s nodeSelector:?*206 allNodes:?b devices:?[614 perDeviceNodeSelection:?*b sharedCounters:?[624
ResourcePool name:s generation:l resourceSliceCount:l
Device name:s basic:?*615
BasicDevice attributes:?{616 capacity:?{617 consumesCounters:?[620 nodeName:?*s nodeSelector:?*206 allNodes:?*b taints:?[622 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?{623
DeviceAttribute int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity value:Q requestPolicy:?*618
CapacityRequestPolicy default:*Q validValues:?[Q validRange:?*619
CapacityRequestPolicyRange min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption counterSet:s counters:?{621
Counter value:Q
DeviceTaint key:s value:?s effect:s timeAdded:?*T
NodeAllocatableResourceMapping capacityKey:?*s allocationMultiplier:?*Q
CounterSet name:s counters:?{621
DeviceClass metadata:?1 spec:626
DeviceClassSpec selectors:?[627 config:?[629 extendedResourceName:?*s
DeviceSelector cel:?*628
CELDeviceSelector expression:s
DeviceClassConfiguration opaque:?*630
OpaqueDeviceConfiguration driver:s parameters:R
DeviceTaintRule metadata:?1 spec:632 status:-
DeviceTaintRuleSpec deviceSelector:?*633 taint:?634
DeviceTaintSelector driver:?*s pool:?*s device:?*s
DeviceTaint key:s value:?s effect:s timeAdded:?*T
ResourceClaim metadata:?1 spec:636 status:-
ResourceClaimSpec devices:637
DeviceClaim requests:[638 constraints:?[643 config:?[644
DeviceRequest name:s exactly:?*639 firstAvailable:?[642
ExactDeviceRequest deviceClassName:s selectors:?[627 allocationMode:?s count:?l adminAccess:?*b tolerations:?[640 capacity:?*641
DeviceToleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
CapacityRequirements requests:?{Q
DeviceSubRequest name:s deviceClassName:s selectors:?[627 allocationMode:?s count:?l tolerations:?[640 capacity:?*641
DeviceConstraint requests:?[s matchAttribute:?*s distinctAttribute:?*s
DeviceClaimConfiguration requests:?[s opaque:?*630
ResourceClaimTemplate metadata:?1 spec:646
ResourceClaimTemplateSpec metadata:?1 spec:636
ResourceSlice metadata:?1 spec:648
ResourceSliceSpec driver:s pool:649 nodeName:?*s nodeSelector:?*206 allNodes:?*b devices:?[650 perDeviceNodeSelection:?*b sharedCounters:?[658
ResourcePool name:s generation:l resourceSliceCount:l
Device name:s attributes:?{651 capacity:?{652 consumesCounters:?[655 nodeName:?*s nodeSelector:?*206 allNodes:?*b taints:?[634 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?{657
DeviceAttribute int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity value:Q requestPolicy:?*653
CapacityRequestPolicy default:*Q validValues:?[Q validRange:?*654
CapacityRequestPolicyRange min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption counterSet:s counters:?{656
Counter value:Q
NodeAllocatableResourceMapping capacityKey:?*s allocationMultiplier:?*Q
CounterSet name:s counters:?{656
PriorityClass metadata:?1 value:i globalDefault:?b description:?s preemptionPolicy:?*s
PodGroup metadata:?1 spec:661 status:-
PodGroupSpec podGroupTemplateRef:*662 schedulingPolicy:664 schedulingConstraints:?*667 resourceClaims:?[669 disruptionMode:?*s priorityClassName:?s priority:?*i
PodGroupTemplateReference workload:*663
WorkloadPodGroupTemplateReference workloadName:s podGroupTemplateName:s
PodGroupSchedulingPolicy basic:?*665 gang:?*666
BasicSchedulingPolicy 
GangSchedulingPolicy minCount:i
PodGroupSchedulingConstraints topology:?[668
TopologyConstraint key:s
PodGroupResourceClaim name:s resourceClaimName:?*s resourceClaimTemplateName:?*s
Workload metadata:?1 spec:671
WorkloadSpec controllerRef:?*672 podGroupTemplates:[673
TypedLocalObjectReference apiGroup:?s kind:s name:s
PodGroupTemplate name:s schedulingPolicy:664 schedulingConstraints:*667 resourceClaims:?[669 disruptionMode:?*s priorityClassName:?s priority:?*i
PriorityClass metadata:?1 value:i globalDefault:?b description:?s preemptionPolicy:?*s
CSIDriver metadata:?1 spec:676
CSIDriverSpec attachRequired:?*b podInfoOnMount:?*b volumeLifecycleModes:?[s storageCapacity:?*b fsGroupPolicy:?*s tokenRequests:?[677 requiresRepublish:?*b seLinuxMount:?*b nodeAllocatableUpdatePeriodSeconds:?*l serviceAccountTokenInSecrets:?*b preventPodSchedulingIfMissing:?*b
TokenRequest audience:s expirationSeconds:?*l
CSINode metadata:?1 spec:679
CSINodeSpec drivers:[680
CSINodeDriver name:s nodeID:s topologyKeys:[s allocatable:?*681
VolumeNodeResources count:?*i
CSIStorageCapacity metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
StorageClass metadata:?1 provisioner:s parameters:?{s reclaimPolicy:?*s mountOptions:?[s allowVolumeExpansion:?*b volumeBindingMode:?*s allowedTopologies:?[684
TopologySelectorTerm matchLabelExpressions:?[685
TopologySelectorLabelRequirement key:s values:[s
VolumeAttachment metadata:?1 spec:687 status:-
VolumeAttachmentSpec attacher:s source:688 nodeName:s
VolumeAttachmentSource persistentVolumeName:?*s inlineVolumeSpec:?*689
PersistentVolumeSpec capacity:?{Q gcePersistentDisk:?*124 awsElasticBlockStore:?*125 hostPath:?*122 glusterfs:?*690 nfs:?*129 rbd:?*691 iscsi:?*693 cinder:?*694 cephfs:?*695 fc:?*143 flocker:?*138 flexVolume:?*696 azureFile:?*697 vsphereVolume:?*146 quobyte:?*147 azureDisk:?*148 photonPersistentDisk:?*149 portworxVolume:?*158 scaleIO:?*698 local:?*699 storageos:?*700 csi:?*701 accessModes:?[s claimRef:?*358 persistentVolumeReclaimPolicy:?s storageClassName:?s mountOptions:?[s volumeMode:?*s nodeAffinity:?*702 volumeAttributesClassName:?*s
GlusterfsPersistentVolumeSource endpoints:s path:s readOnly:?b endpointsNamespace:?*s
RBDPersistentVolumeSource monitors:[s image:s fsType:?s pool:?s user:?s keyring:?s secretRef:?*692 readOnly:?b
SecretReference name:?s namespace:?s
ISCSIPersistentVolumeSource targetPortal:s iqn:s lun:i iscsiInterface:?s fsType:?s readOnly:?b portals:?[s chapAuthDiscovery:?b chapAuthSession:?b secretRef:?*692 initiatorName:?*s
CinderPersistentVolumeSource volumeID:s fsType:?s readOnly:?b secretRef:?*692
CephFSPersistentVolumeSource monitors:[s path:?s user:?s secretFile:?s secretRef:?*692 readOnly:?b
FlexPersistentVolumeSource driver:s fsType:?s secretRef:?*692 readOnly:?b options:?{s
AzureFilePersistentVolumeSource secretName:s shareName:s readOnly:?b secretNamespace:*s
ScaleIOPersistentVolumeSource gateway:s system:s secretRef:*692 sslEnabled:?b protectionDomain:?s storagePool:?s storageMode:?s volumeName:?s fsType:?s readOnly:?b
LocalVolumeSource path:s fsType:?*s
StorageOSPersistentVolumeSource volumeName:?s volumeNamespace:?s fsType:?s readOnly:?b secretRef:?*358
CSIPersistentVolumeSource driver:s volumeHandle:s readOnly:?b fsType:?s volumeAttributes:?{s controllerPublishSecretRef:?*692 nodeStageSecretRef:?*692 nodePublishSecretRef:?*692 controllerExpandSecretRef:?*692 nodeExpandSecretRef:?*692
VolumeNodeAffinity required:?*206
VolumeAttributesClass metadata:?1 driverName:s parameters:?{s
CSIStorageCapacity metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
VolumeAttachment metadata:?1 spec:706 status:-
VolumeAttachmentSpec attacher:s source:707 nodeName:s
VolumeAttachmentSource persistentVolumeName:?*s inlineVolumeSpec:?*689
VolumeAttributesClass metadata:?1 driverName:s parameters:?{s
CSIDriver metadata:?1 spec:710
CSIDriverSpec attachRequired:?*b podInfoOnMount:?*b volumeLifecycleModes:?[s storageCapacity:?*b fsGroupPolicy:?*s tokenRequests:?[711 requiresRepublish:?*b seLinuxMount:?*b nodeAllocatableUpdatePeriodSeconds:?*l serviceAccountTokenInSecrets:?*b preventPodSchedulingIfMissing:?*b
TokenRequest audience:s expirationSeconds:?*l
CSINode metadata:?1 spec:713
CSINodeSpec drivers:[714
CSINodeDriver name:s nodeID:s topologyKeys:[s allocatable:?*715
VolumeNodeResources count:?*i
CSIStorageCapacity metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
StorageClass metadata:?1 provisioner:s parameters:?{s reclaimPolicy:?*s mountOptions:?[s allowVolumeExpansion:?*b volumeBindingMode:?*s allowedTopologies:?[684
VolumeAttachment metadata:?1 spec:719 status:-
VolumeAttachmentSpec attacher:s source:720 nodeName:s
VolumeAttachmentSource persistentVolumeName:?*s inlineVolumeSpec:?*689
VolumeAttributesClass metadata:?1 driverName:s parameters:?{s
StorageVersionMigration metadata:?1 spec:?723 status:-
StorageVersionMigrationSpec resource:724
GroupResource group:s resource:s
Binding metadata:?1 target:358
ComponentStatus metadata:?1 conditions:?[727
ComponentCondition type:s status:s message:?s error:?s
ConfigMap metadata:?1 immutable:?*b data:?{s binaryData:?{B
Endpoints metadata:?1 subsets:?[730
EndpointSubset addresses:?[731 notReadyAddresses:?[731 ports:?[732
EndpointAddress ip:s hostname:?s nodeName:?*s targetRef:?*358
EndpointPort name:?s port:i protocol:?s appProtocol:?*s
Event metadata:1 involvedObject:358 reason:?s message:?s source:?372 firstTimestamp:?T lastTimestamp:?T count:?i type:?s eventTime:?M series:?*734 action:?s related:?*358 reportingComponent:s reportingInstance:s
EventSeries count:?i lastObservedTime:?M
LimitRange metadata:?1 spec:?736
LimitRangeSpec limits:[737
LimitRangeItem type:s max:?{Q min:?{Q default:?{Q defaultRequest:?{Q maxLimitRequestRatio:?{Q
Namespace metadata:?1 spec:?739 status:-
NamespaceSpec finalizers:?[s
Node metadata:?1 spec:?741 status:-
NodeSpec podCIDR:?s podCIDRs:?[s providerID:?s unschedulable:?b taints:?[742 configSource:?*743 externalID:?s
Taint key:s value:?s effect:s timeAdded:?*T
NodeConfigSource configMap:?*744
ConfigMapNodeConfigSource namespace:s name:s uid:?s resourceVersion:?s kubeletConfigKey:s
PersistentVolume metadata:?1 spec:?689 status:-
Pod metadata:?1 spec:?120 status:-
PodStatusResult metadata:?1 status:-
PodTemplate metadata:?1 template:?119
RangeAllocation metadata:?1 range:s data:B
ReplicationController metadata:?1 spec:?751 status:-
ReplicationControllerSpec replicas:?*i minReadySeconds:?i selector:?{s template:?*119
ResourceQuota metadata:?1 spec:?753 status:-
ResourceQuotaSpec hard:?{Q scopes:?[s scopeSelector:?*754
ScopeSelector matchExpressions:?[755
ScopedResourceSelectorRequirement scopeName:s operator:s values:?[s
Secret metadata:?1 immutable:?*b data:?{B stringData:?{s type:?s
SerializedReference reference:?358
Service metadata:?1 spec:?759 status:-
ServiceSpec ports:?[760 selector:?{s clusterIP:?s clusterIPs:?[s type:?s externalIPs:?[s sessionAffinity:?s loadBalancerIP:?s loadBalancerSourceRanges:?[s externalName:?s externalTrafficPolicy:?s healthCheckNodePort:?i publishNotReadyAddresses:?b sessionAffinityConfig:?*761 ipFamilies:?[s ipFamilyPolicy:?*s allocateLoadBalancerNodePorts:?*b loadBalancerClass:?*s internalTrafficPolicy:?*s trafficDistribution:?*s
ServicePort name:?s protocol:?s appProtocol:?*s port:i targetPort:?I nodePort:?i
SessionAffinityConfig clientIP:?*762
ClientIPConfig timeoutSeconds:?*i
ServiceAccount metadata:?1 secrets:?[358 imagePullSecrets:?[131 automountServiceAccountToken:?*b`;
