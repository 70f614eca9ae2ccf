// The objects that Kubernetes' own client libraries know, as data: which fields each has and of which type. Facts of the
// Kubernetes API; how a line is read says typed-object.ts. Lists of kinds: `group/version Kind type Kind type ...`.
// A type: its name, then fields; `?` is left out when empty, `-` is status, s b i l f text, bool, int32, int64, float, B bytes,
// Q quantity, I int or text, T M times, D duration, R anything, `*` pointer, `[` list, `{` map, a number another type.

export const kindLines = `admissionregistration.k8s.io/v1 MutatingAdmissionPolicy 0 MutatingAdmissionPolicyBinding 15 MutatingWebhookConfiguration 18 ValidatingAdmissionPolicy 23 ValidatingAdmissionPolicyBinding 27 ValidatingWebhookConfiguration 29
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy 31 MutatingAdmissionPolicyBinding 41 ValidatingAdmissionPolicy 44 ValidatingAdmissionPolicyBinding 48
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy 50 MutatingAdmissionPolicyBinding 60 MutatingWebhookConfiguration 63 ValidatingAdmissionPolicy 67 ValidatingAdmissionPolicyBinding 71 ValidatingWebhookConfiguration 73
apps/v1 ControllerRevision 75 DaemonSet 76 Deployment 185 ReplicaSet 189 StatefulSet 191
apps/v1beta1 ControllerRevision 198 Deployment 199 DeploymentRollback 204 Scale 205 StatefulSet 207
apps/v1beta2 ControllerRevision 213 DaemonSet 214 Deployment 218 ReplicaSet 222 Scale 224 StatefulSet 226
authentication.k8s.io/v1 SelfSubjectReview 232 TokenRequest 233 TokenReview 236
authentication.k8s.io/v1alpha1 SelfSubjectReview 238
authentication.k8s.io/v1beta1 SelfSubjectReview 239 TokenReview 240
authorization.k8s.io/v1 LocalSubjectAccessReview 242 SelfSubjectAccessReview 249 SelfSubjectRulesReview 251 SubjectAccessReview 253
authorization.k8s.io/v1beta1 LocalSubjectAccessReview 254 SelfSubjectAccessReview 258 SelfSubjectRulesReview 260 SubjectAccessReview 262
autoscaling/v1 HorizontalPodAutoscaler 263 Scale 266
autoscaling/v2 HorizontalPodAutoscaler 268
batch/v1 CronJob 282 Job 292
batch/v1beta1 CronJob 293
certificates.k8s.io/v1 CertificateSigningRequest 296
certificates.k8s.io/v1alpha1 ClusterTrustBundle 298
certificates.k8s.io/v1beta1 CertificateSigningRequest 300 ClusterTrustBundle 302 PodCertificateRequest 304
coordination.k8s.io/v1 Lease 306
coordination.k8s.io/v1alpha2 LeaseCandidate 308
coordination.k8s.io/v1beta1 Lease 310 LeaseCandidate 312
discovery.k8s.io/v1 EndpointSlice 314
discovery.k8s.io/v1beta1 EndpointSlice 322
events.k8s.io/v1 Event 329
events.k8s.io/v1beta1 Event 332
extensions/v1beta1 DaemonSet 334 Deployment 338 DeploymentRollback 343 Ingress 344 NetworkPolicy 351 ReplicaSet 358 Scale 360
flowcontrol.apiserver.k8s.io/v1 FlowSchema 362 PriorityLevelConfiguration 373
flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema 379 PriorityLevelConfiguration 390
flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema 396 PriorityLevelConfiguration 407
flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema 413 PriorityLevelConfiguration 424
internal.apiserver.k8s.io/v1alpha1 StorageVersion 430
networking.k8s.io/v1 IPAddress 432 Ingress 435 IngressClass 444 NetworkPolicy 447 ServiceCIDR 454
networking.k8s.io/v1beta1 IPAddress 456 Ingress 459 IngressClass 466 ServiceCIDR 469
node.k8s.io/v1 RuntimeClass 471
node.k8s.io/v1alpha1 RuntimeClass 474
node.k8s.io/v1beta1 RuntimeClass 478
policy/v1 Eviction 481 PodDisruptionBudget 484
policy/v1beta1 Eviction 486 PodDisruptionBudget 487
rbac.authorization.k8s.io/v1 ClusterRole 489 ClusterRoleBinding 492 Role 495 RoleBinding 496
rbac.authorization.k8s.io/v1alpha1 ClusterRole 497 ClusterRoleBinding 500 Role 503 RoleBinding 504
rbac.authorization.k8s.io/v1beta1 ClusterRole 505 ClusterRoleBinding 508 Role 511 RoleBinding 512
resource.k8s.io/v1 DeviceClass 513 ResourceClaim 519 ResourceClaimTemplate 529 ResourceSlice 531
resource.k8s.io/v1alpha3 DeviceTaintRule 544 ResourcePoolStatusRequest 548
resource.k8s.io/v1beta1 DeviceClass 553 ResourceClaim 559 ResourceClaimTemplate 568 ResourceSlice 570
resource.k8s.io/v1beta2 DeviceClass 584 DeviceTaintRule 590 ResourceClaim 594 ResourceClaimTemplate 604 ResourceSlice 606
scheduling.k8s.io/v1 PriorityClass 618
scheduling.k8s.io/v1alpha2 PodGroup 619 Workload 629
scheduling.k8s.io/v1beta1 PriorityClass 633
storage.k8s.io/v1 CSIDriver 634 CSINode 637 CSIStorageCapacity 641 StorageClass 642 VolumeAttachment 645 VolumeAttributesClass 662
storage.k8s.io/v1alpha1 CSIStorageCapacity 663 VolumeAttachment 664 VolumeAttributesClass 667
storage.k8s.io/v1beta1 CSIDriver 668 CSINode 671 CSIStorageCapacity 675 StorageClass 676 VolumeAttachment 677 VolumeAttributesClass 680
storagemigration.k8s.io/v1beta1 StorageVersionMigration 681
v1 Binding 684 ComponentStatus 685 ConfigMap 687 Endpoints 688 Event 692 LimitRange 694 Namespace 697 Node 699 PersistentVolume 704 PersistentVolumeClaim 193 Pod 705 PodStatusResult 706 PodTemplate 707 RangeAllocation 708 ReplicationController 709 ResourceQuota 711 Secret 715 SerializedReference 716 Service 717 ServiceAccount 722`;

export const typeLines = `MutatingAdmissionPolicy metadata:?1 spec:?4
ObjectMeta name:?s generateName:?s namespace:?s selfLink:?s uid:?s resourceVersion:?s generation:?l creationTimestamp:?T deletionTimestamp:?*T deletionGracePeriodSeconds:?*l labels:?{s annotations:?{s ownerReferences:?[2 finalizers:?[s managedFields:?[3
OwnerReference apiVersion:s kind:s name:s uid:s controller:?*b blockOwnerDeletion:?*b
ManagedFieldsEntry manager:?s operation:?s apiVersion:?s time:?*T fieldsType:?s fieldsV1:?*R subresource:?s
MutatingAdmissionPolicySpec paramKind:?*5 matchConstraints:?*6 variables:?[10 mutations:?[11 failurePolicy:?*s matchConditions:?[14 reinvocationPolicy:?s
ParamKind apiVersion:?s kind:?s
MatchResources namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[9 excludeResourceRules:?[9 matchPolicy:?*s
LabelSelector matchLabels:?{s matchExpressions:?[8
LabelSelectorRequirement key:s operator:s values:?[s
NamedRuleWithOperations resourceNames:?[s operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
Variable name:s expression:s
Mutation patchType:s applyConfiguration:?*12 jsonPatch:?*13
ApplyConfiguration expression:?s
JSONPatch expression:?s
MatchCondition name:s expression:s
MutatingAdmissionPolicyBinding metadata:?1 spec:?16
MutatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*17 matchResources:?*6
ParamRef name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*s
MutatingWebhookConfiguration metadata:?1 webhooks:?[19
MutatingWebhook name:s clientConfig:20 rules:?[22 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:*s timeoutSeconds:?*i admissionReviewVersions:[s reinvocationPolicy:?*s matchConditions:?[14
WebhookClientConfig url:?*s service:?*21 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
RuleWithOperations operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
ValidatingAdmissionPolicy metadata:?1 spec:?24 status:-
ValidatingAdmissionPolicySpec paramKind:?*5 matchConstraints:?*6 validations:?[25 failurePolicy:?*s auditAnnotations:?[26 matchConditions:?[14 variables:?[10
Validation expression:s message:?s reason:?*s messageExpression:?s
AuditAnnotation key:s valueExpression:s
ValidatingAdmissionPolicyBinding metadata:?1 spec:?28
ValidatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*17 matchResources:?*6 validationActions:?[s
ValidatingWebhookConfiguration metadata:?1 webhooks:?[30
ValidatingWebhook name:s clientConfig:20 rules:?[22 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:*s timeoutSeconds:?*i admissionReviewVersions:[s matchConditions:?[14
MutatingAdmissionPolicy metadata:?1 spec:?32
MutatingAdmissionPolicySpec paramKind:?*33 matchConstraints:?*34 variables:?[36 mutations:?[37 failurePolicy:?*s matchConditions:?[40 reinvocationPolicy:?s
ParamKind apiVersion:?s kind:?s
MatchResources namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[35 excludeResourceRules:?[35 matchPolicy:?*s
NamedRuleWithOperations resourceNames:?[s operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
Variable name:s expression:s
Mutation patchType:s applyConfiguration:?*38 jsonPatch:?*39
ApplyConfiguration expression:?s
JSONPatch expression:?s
MatchCondition name:s expression:s
MutatingAdmissionPolicyBinding metadata:?1 spec:?42
MutatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*43 matchResources:?*34
ParamRef name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*s
ValidatingAdmissionPolicy metadata:?1 spec:?45 status:-
ValidatingAdmissionPolicySpec paramKind:?*33 matchConstraints:?*34 validations:?[46 failurePolicy:?*s auditAnnotations:?[47 matchConditions:?[40 variables:?[36
Validation expression:s message:?s reason:?*s messageExpression:?s
AuditAnnotation key:s valueExpression:s
ValidatingAdmissionPolicyBinding metadata:?1 spec:?49
ValidatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*43 matchResources:?*34 validationActions:?[s
MutatingAdmissionPolicy metadata:?1 spec:?51
MutatingAdmissionPolicySpec paramKind:?*52 matchConstraints:?*53 variables:?[55 mutations:?[56 failurePolicy:?*s matchConditions:?[59 reinvocationPolicy:?s
ParamKind apiVersion:?s kind:?s
MatchResources namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[54 excludeResourceRules:?[54 matchPolicy:?*s
NamedRuleWithOperations resourceNames:?[s operations:?[s apiGroups:?[s apiVersions:?[s resources:?[s scope:?*s
Variable name:s expression:s
Mutation patchType:s applyConfiguration:?*57 jsonPatch:?*58
ApplyConfiguration expression:?s
JSONPatch expression:?s
MatchCondition name:s expression:s
MutatingAdmissionPolicyBinding metadata:?1 spec:?61
MutatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*62 matchResources:?*53
ParamRef name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*s
MutatingWebhookConfiguration metadata:?1 webhooks:?[64
MutatingWebhook name:s clientConfig:65 rules:?[22 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:?*s timeoutSeconds:?*i admissionReviewVersions:?[s reinvocationPolicy:?*s matchConditions:?[59
WebhookClientConfig url:?*s service:?*66 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
ValidatingAdmissionPolicy metadata:?1 spec:?68 status:-
ValidatingAdmissionPolicySpec paramKind:?*52 matchConstraints:?*53 validations:?[69 failurePolicy:?*s auditAnnotations:?[70 matchConditions:?[59 variables:?[55
Validation expression:s message:?s reason:?*s messageExpression:?s
AuditAnnotation key:s valueExpression:s
ValidatingAdmissionPolicyBinding metadata:?1 spec:?72
ValidatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*62 matchResources:?*53 validationActions:?[s
ValidatingWebhookConfiguration metadata:?1 webhooks:?[74
ValidatingWebhook name:s clientConfig:65 rules:?[22 failurePolicy:?*s matchPolicy:?*s namespaceSelector:?*7 objectSelector:?*7 sideEffects:?*s timeoutSeconds:?*i admissionReviewVersions:?[s matchConditions:?[59
ControllerRevision metadata:?1 data:?R revision:l
DaemonSet metadata:?1 spec:?77 status:-
DaemonSetSpec selector:*7 template:78 updateStrategy:?183 minReadySeconds:?i revisionHistoryLimit:?*i
PodTemplateSpec metadata:?1 spec:?79
PodSpec volumes:?[80 initContainers:?[128 containers:[128 ephemeralContainers:?[160 restartPolicy:?s terminationGracePeriodSeconds:?*l activeDeadlineSeconds:?*l dnsPolicy:?s nodeSelector:?{s serviceAccountName:?s serviceAccount:?s automountServiceAccountToken:?*b nodeName:?s hostNetwork:?b hostPID:?b hostIPC:?b shareProcessNamespace:?*b securityContext:?*161 imagePullSecrets:?[90 hostname:?s subdomain:?s affinity:?*163 schedulerName:?s tolerations:?[173 hostAliases:?[174 priorityClassName:?s priority:?*i dnsConfig:?*175 readinessGates:?[177 runtimeClassName:?*s enableServiceLinks:?*b preemptionPolicy:?*s overhead:?{Q topologySpreadConstraints:?[178 setHostnameAsFQDN:?*b os:?*179 hostUsers:?*b schedulingGates:?[180 resourceClaims:?[181 resources:?*138 hostnameOverride:?*s schedulingGroup:?*182
Volume name:s hostPath:?*81 emptyDir:?*82 gcePersistentDisk:?*83 awsElasticBlockStore:?*84 gitRepo:?*85 secret:?*86 nfs:?*88 iscsi:?*89 glusterfs:?*91 persistentVolumeClaim:?*92 rbd:?*93 flexVolume:?*94 cinder:?*95 cephfs:?*96 flocker:?*97 downwardAPI:?*98 fc:?*102 azureFile:?*103 configMap:?*104 vsphereVolume:?*105 quobyte:?*106 azureDisk:?*107 photonPersistentDisk:?*108 projected:?*109 portworxVolume:?*117 scaleIO:?*118 storageos:?*119 csi:?*120 ephemeral:?*121 image:?*127
HostPathVolumeSource path:s type:?*s
EmptyDirVolumeSource medium:?s sizeLimit:?*Q
GCEPersistentDiskVolumeSource pdName:s fsType:?s partition:?i readOnly:?b
AWSElasticBlockStoreVolumeSource volumeID:s fsType:?s partition:?i readOnly:?b
GitRepoVolumeSource repository:s revision:?s directory:?s
SecretVolumeSource secretName:?s items:?[87 defaultMode:?*i optional:?*b
KeyToPath key:s path:s mode:?*i
NFSVolumeSource server:s path:s readOnly:?b
ISCSIVolumeSource targetPortal:s iqn:s lun:i iscsiInterface:?s fsType:?s readOnly:?b portals:?[s chapAuthDiscovery:?b chapAuthSession:?b secretRef:?*90 initiatorName:?*s
LocalObjectReference name:?s
GlusterfsVolumeSource endpoints:s path:s readOnly:?b
PersistentVolumeClaimVolumeSource claimName:s readOnly:?b
RBDVolumeSource monitors:[s image:s fsType:?s pool:?s user:?s keyring:?s secretRef:?*90 readOnly:?b
FlexVolumeSource driver:s fsType:?s secretRef:?*90 readOnly:?b options:?{s
CinderVolumeSource volumeID:s fsType:?s readOnly:?b secretRef:?*90
CephFSVolumeSource monitors:[s path:?s user:?s secretFile:?s secretRef:?*90 readOnly:?b
FlockerVolumeSource datasetName:?s datasetUUID:?s
DownwardAPIVolumeSource items:?[99 defaultMode:?*i
DownwardAPIVolumeFile path:s fieldRef:?*100 resourceFieldRef:?*101 mode:?*i
ObjectFieldSelector apiVersion:?s fieldPath:s
ResourceFieldSelector containerName:?s resource:s divisor:?Q
FCVolumeSource targetWWNs:?[s lun:?*i fsType:?s readOnly:?b wwids:?[s
AzureFileVolumeSource secretName:s shareName:s readOnly:?b
ConfigMapVolumeSource name:?s items:?[87 defaultMode:?*i optional:?*b
VsphereVirtualDiskVolumeSource volumePath:s fsType:?s storagePolicyName:?s storagePolicyID:?s
QuobyteVolumeSource registry:s volume:s readOnly:?b user:?s group:?s tenant:?s
AzureDiskVolumeSource diskName:s diskURI:s cachingMode:?*s fsType:?*s readOnly:?*b kind:?*s
PhotonPersistentDiskVolumeSource pdID:s fsType:?s
ProjectedVolumeSource sources:[110 defaultMode:?*i
VolumeProjection secret:?*111 downwardAPI:?*112 configMap:?*113 serviceAccountToken:?*114 clusterTrustBundle:?*115 podCertificate:?*116
SecretProjection name:?s items:?[87 optional:?*b
DownwardAPIProjection items:?[99
ConfigMapProjection name:?s items:?[87 optional:?*b
ServiceAccountTokenProjection audience:?s expirationSeconds:?*l path:s
ClusterTrustBundleProjection name:?*s signerName:?*s labelSelector:?*7 optional:?*b path:s
PodCertificateProjection signerName:?s keyType:?s maxExpirationSeconds:?*i credentialBundlePath:?s keyPath:?s certificateChainPath:?s userAnnotations:?{s
PortworxVolumeSource volumeID:s fsType:?s readOnly:?b
ScaleIOVolumeSource gateway:s system:s secretRef:*90 sslEnabled:?b protectionDomain:?s storagePool:?s storageMode:?s volumeName:?s fsType:?s readOnly:?b
StorageOSVolumeSource volumeName:?s volumeNamespace:?s fsType:?s readOnly:?b secretRef:?*90
CSIVolumeSource driver:s readOnly:?*b fsType:?*s volumeAttributes:?{s nodePublishSecretRef:?*90
EphemeralVolumeSource volumeClaimTemplate:?*122
PersistentVolumeClaimTemplate metadata:?1 spec:123
PersistentVolumeClaimSpec accessModes:?[s selector:?*7 resources:?124 volumeName:?s storageClassName:?*s volumeMode:?*s dataSource:?*125 dataSourceRef:?*126 volumeAttributesClassName:?*s
VolumeResourceRequirements limits:?{Q requests:?{Q
TypedLocalObjectReference apiGroup:*s kind:s name:s
TypedObjectReference apiGroup:*s kind:s name:s namespace:?*s
ImageVolumeSource reference:?s pullPolicy:?s
Container name:s image:?s command:?[s args:?[s workingDir:?s ports:?[129 envFrom:?[130 env:?[133 resources:?138 resizePolicy:?[140 restartPolicy:?*s restartPolicyRules:?[141 volumeMounts:?[143 volumeDevices:?[144 livenessProbe:?*145 readinessProbe:?*145 startupProbe:?*145 lifecycle:?*151 terminationMessagePath:?s terminationMessagePolicy:?s imagePullPolicy:?s securityContext:?*154 stdin:?b stdinOnce:?b tty:?b
ContainerPort name:?s hostPort:?i containerPort:i protocol:?s hostIP:?s
EnvFromSource prefix:?s configMapRef:?*131 secretRef:?*132
ConfigMapEnvSource name:?s optional:?*b
SecretEnvSource name:?s optional:?*b
EnvVar name:s value:?s valueFrom:?*134
EnvVarSource fieldRef:?*100 resourceFieldRef:?*101 configMapKeyRef:?*135 secretKeyRef:?*136 fileKeyRef:?*137
ConfigMapKeySelector name:?s key:s optional:?*b
SecretKeySelector name:?s key:s optional:?*b
FileKeySelector volumeName:s path:s key:s optional:?*b
ResourceRequirements limits:?{Q requests:?{Q claims:?[139
ResourceClaim name:s request:?s
ContainerResizePolicy resourceName:s restartPolicy:s
ContainerRestartRule action:?s exitCodes:?*142
ContainerRestartRuleOnExitCodes operator:?s values:?[i
VolumeMount name:s readOnly:?b recursiveReadOnly:?*s mountPath:s subPath:?s mountPropagation:?*s subPathExpr:?s
VolumeDevice name:s devicePath:s
Probe exec:?*146 httpGet:?*147 tcpSocket:?*149 grpc:?*150 initialDelaySeconds:?i timeoutSeconds:?i periodSeconds:?i successThreshold:?i failureThreshold:?i terminationGracePeriodSeconds:?*l
ExecAction command:?[s
HTTPGetAction path:?s port:I host:?s scheme:?s httpHeaders:?[148
HTTPHeader name:s value:s
TCPSocketAction port:I host:?s
GRPCAction port:i service:*s
Lifecycle postStart:?*152 preStop:?*152 stopSignal:?*s
LifecycleHandler exec:?*146 httpGet:?*147 tcpSocket:?*149 sleep:?*153
SleepAction seconds:l
SecurityContext capabilities:?*155 privileged:?*b seLinuxOptions:?*156 windowsOptions:?*157 runAsUser:?*l runAsGroup:?*l runAsNonRoot:?*b readOnlyRootFilesystem:?*b allowPrivilegeEscalation:?*b procMount:?*s seccompProfile:?*158 appArmorProfile:?*159
Capabilities add:?[s drop:?[s
SELinuxOptions user:?s role:?s type:?s level:?s
WindowsSecurityContextOptions gmsaCredentialSpecName:?*s gmsaCredentialSpec:?*s runAsUserName:?*s hostProcess:?*b
SeccompProfile type:s localhostProfile:?*s
AppArmorProfile type:s localhostProfile:?*s
EphemeralContainer name:s image:?s command:?[s args:?[s workingDir:?s ports:?[129 envFrom:?[130 env:?[133 resources:?138 resizePolicy:?[140 restartPolicy:?*s restartPolicyRules:?[141 volumeMounts:?[143 volumeDevices:?[144 livenessProbe:?*145 readinessProbe:?*145 startupProbe:?*145 lifecycle:?*151 terminationMessagePath:?s terminationMessagePolicy:?s imagePullPolicy:?s securityContext:?*154 stdin:?b stdinOnce:?b tty:?b targetContainerName:?s
PodSecurityContext seLinuxOptions:?*156 windowsOptions:?*157 runAsUser:?*l runAsGroup:?*l runAsNonRoot:?*b supplementalGroups:?[l supplementalGroupsPolicy:?*s fsGroup:?*l sysctls:?[162 fsGroupChangePolicy:?*s seccompProfile:?*158 appArmorProfile:?*159 seLinuxChangePolicy:?*s
Sysctl name:s value:s
Affinity nodeAffinity:?*164 podAffinity:?*169 podAntiAffinity:?*172
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:?*165 preferredDuringSchedulingIgnoredDuringExecution:?[168
NodeSelector nodeSelectorTerms:[166
NodeSelectorTerm matchExpressions:?[167 matchFields:?[167
NodeSelectorRequirement key:s operator:s values:?[s
PreferredSchedulingTerm weight:i preference:166
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:?[170 preferredDuringSchedulingIgnoredDuringExecution:?[171
PodAffinityTerm labelSelector:?*7 namespaces:?[s topologyKey:s namespaceSelector:?*7 matchLabelKeys:?[s mismatchLabelKeys:?[s
WeightedPodAffinityTerm weight:i podAffinityTerm:170
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:?[170 preferredDuringSchedulingIgnoredDuringExecution:?[171
Toleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
HostAlias ip:s hostnames:?[s
PodDNSConfig nameservers:?[s searches:?[s options:?[176
PodDNSConfigOption name:?s value:?*s
PodReadinessGate conditionType:s
TopologySpreadConstraint maxSkew:i topologyKey:s whenUnsatisfiable:s labelSelector:?*7 minDomains:?*i nodeAffinityPolicy:?*s nodeTaintsPolicy:?*s matchLabelKeys:?[s
PodOS name:s
PodSchedulingGate name:s
PodResourceClaim name:s resourceClaimName:?*s resourceClaimTemplateName:?*s
PodSchedulingGroup podGroupName:?*s
DaemonSetUpdateStrategy type:?s rollingUpdate:?*184
RollingUpdateDaemonSet maxUnavailable:?*I maxSurge:?*I
Deployment metadata:?1 spec:?186 status:-
DeploymentSpec replicas:?*i selector:*7 template:78 strategy:?187 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*188
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
ReplicaSet metadata:?1 spec:?190 status:-
ReplicaSetSpec replicas:?*i minReadySeconds:?i selector:*7 template:?78
StatefulSet metadata:?1 spec:?192 status:-
StatefulSetSpec replicas:?*i selector:*7 template:78 volumeClaimTemplates:?[193 serviceName:s podManagementPolicy:?s updateStrategy:?194 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*196 ordinals:?*197
PersistentVolumeClaim metadata:?1 spec:?123 status:-
StatefulSetUpdateStrategy type:?s rollingUpdate:?*195
RollingUpdateStatefulSetStrategy partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:?s whenScaled:?s
StatefulSetOrdinals start:i
ControllerRevision metadata:?1 data:?R revision:l
Deployment metadata:?1 spec:?200 status:-
DeploymentSpec replicas:?*i selector:?*7 template:78 strategy:?201 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b rollbackTo:?*203 progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*202
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
RollbackConfig revision:?l
DeploymentRollback name:s updatedAnnotations:?{s rollbackTo:203
Scale metadata:?1 spec:?206 status:-
ScaleSpec replicas:?i
StatefulSet metadata:?1 spec:?208 status:-
StatefulSetSpec replicas:?*i selector:?*7 template:78 volumeClaimTemplates:?[193 serviceName:s podManagementPolicy:?s updateStrategy:?209 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*211 ordinals:?*212
StatefulSetUpdateStrategy type:?s rollingUpdate:?*210
RollingUpdateStatefulSetStrategy partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:?s whenScaled:?s
StatefulSetOrdinals start:i
ControllerRevision metadata:?1 data:?R revision:l
DaemonSet metadata:?1 spec:?215 status:-
DaemonSetSpec selector:*7 template:78 updateStrategy:?216 minReadySeconds:?i revisionHistoryLimit:?*i
DaemonSetUpdateStrategy type:?s rollingUpdate:?*217
RollingUpdateDaemonSet maxUnavailable:?*I maxSurge:?*I
Deployment metadata:?1 spec:?219 status:-
DeploymentSpec replicas:?*i selector:*7 template:78 strategy:?220 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*221
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
ReplicaSet metadata:?1 spec:?223 status:-
ReplicaSetSpec replicas:?*i minReadySeconds:?i selector:*7 template:?78
Scale metadata:?1 spec:?225 status:-
ScaleSpec replicas:?i
StatefulSet metadata:?1 spec:?227 status:-
StatefulSetSpec replicas:?*i selector:*7 template:78 volumeClaimTemplates:?[193 serviceName:s podManagementPolicy:?s updateStrategy:?228 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*230 ordinals:?*231
StatefulSetUpdateStrategy type:?s rollingUpdate:?*229
RollingUpdateStatefulSetStrategy partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:?s whenScaled:?s
StatefulSetOrdinals start:i
SelfSubjectReview metadata:?1 status:-
TokenRequest metadata:?1 spec:234 status:-
TokenRequestSpec audiences:[s expirationSeconds:*l boundObjectRef:*235
BoundObjectReference kind:?s apiVersion:?s name:?s uid:?s
TokenReview metadata:?1 spec:237 status:-
TokenReviewSpec token:?s audiences:?[s
SelfSubjectReview metadata:?1 status:-
SelfSubjectReview metadata:?1 status:-
TokenReview metadata:?1 spec:241 status:-
TokenReviewSpec token:?s audiences:?[s
LocalSubjectAccessReview metadata:?1 spec:243 status:-
SubjectAccessReviewSpec resourceAttributes:?*244 nonResourceAttributes:?*248 user:?s groups:?[s extra:?{[s uid:?s
ResourceAttributes namespace:?s verb:?s group:?s version:?s resource:?s subresource:?s name:?s fieldSelector:?*245 labelSelector:?*247
FieldSelectorAttributes rawSelector:?s requirements:?[246
FieldSelectorRequirement key:s operator:s values:?[s
LabelSelectorAttributes rawSelector:?s requirements:?[8
NonResourceAttributes path:?s verb:?s
SelfSubjectAccessReview metadata:?1 spec:250 status:-
SelfSubjectAccessReviewSpec resourceAttributes:?*244 nonResourceAttributes:?*248
SelfSubjectRulesReview metadata:?1 spec:252 status:-
SelfSubjectRulesReviewSpec namespace:?s
SubjectAccessReview metadata:?1 spec:243 status:-
LocalSubjectAccessReview metadata:?1 spec:255 status:-
SubjectAccessReviewSpec resourceAttributes:?*256 nonResourceAttributes:?*257 user:?s group:?[s extra:?{[s uid:?s
ResourceAttributes namespace:?s verb:?s group:?s version:?s resource:?s subresource:?s name:?s fieldSelector:?*245 labelSelector:?*247
NonResourceAttributes path:?s verb:?s
SelfSubjectAccessReview metadata:?1 spec:259 status:-
SelfSubjectAccessReviewSpec resourceAttributes:?*256 nonResourceAttributes:?*257
SelfSubjectRulesReview metadata:?1 spec:261 status:-
SelfSubjectRulesReviewSpec namespace:?s
SubjectAccessReview metadata:?1 spec:255 status:-
HorizontalPodAutoscaler metadata:?1 spec:?264 status:-
HorizontalPodAutoscalerSpec scaleTargetRef:265 minReplicas:?*i maxReplicas:i targetCPUUtilizationPercentage:?*i
CrossVersionObjectReference kind:s name:s apiVersion:?s
Scale metadata:?1 spec:?267 status:-
ScaleSpec replicas:?i
HorizontalPodAutoscaler metadata:?1 spec:?269 status:-
HorizontalPodAutoscalerSpec scaleTargetRef:270 minReplicas:?*i maxReplicas:i metrics:?[271 behavior:?*279
CrossVersionObjectReference kind:s name:s apiVersion:?s
MetricSpec type:s object:?*272 pods:?*275 resource:?*276 containerResource:?*277 external:?*278
ObjectMetricSource describedObject:270 target:273 metric:274
MetricTarget type:s value:?*Q averageValue:?*Q averageUtilization:?*i
MetricIdentifier name:s selector:?*7
PodsMetricSource metric:274 target:273
ResourceMetricSource name:s target:273
ContainerResourceMetricSource name:s target:273 container:s
ExternalMetricSource metric:274 target:273
HorizontalPodAutoscalerBehavior scaleUp:?*280 scaleDown:?*280
HPAScalingRules stabilizationWindowSeconds:?*i selectPolicy:?*s policies:?[281 tolerance:?*Q
HPAScalingPolicy type:s value:i periodSeconds:i
CronJob metadata:?1 spec:?283 status:-
CronJobSpec schedule:s timeZone:?*s startingDeadlineSeconds:?*l concurrencyPolicy:?s suspend:?*b jobTemplate:284 successfulJobsHistoryLimit:?*i failedJobsHistoryLimit:?*i
JobTemplateSpec metadata:?1 spec:?285
JobSpec parallelism:?*i completions:?*i activeDeadlineSeconds:?*l podFailurePolicy:?*286 successPolicy:?*290 backoffLimit:?*i backoffLimitPerIndex:?*i maxFailedIndexes:?*i selector:?*7 manualSelector:?*b template:78 ttlSecondsAfterFinished:?*i completionMode:?*s suspend:?*b podReplacementPolicy:?*s managedBy:?*s
PodFailurePolicy rules:[287
PodFailurePolicyRule action:s onExitCodes:?*288 onPodConditions:?[289
PodFailurePolicyOnExitCodesRequirement containerName:?*s operator:s values:[i
PodFailurePolicyOnPodConditionsPattern type:s status:s
SuccessPolicy rules:[291
SuccessPolicyRule succeededIndexes:?*s succeededCount:?*i
Job metadata:?1 spec:?285 status:-
CronJob metadata:?1 spec:?294 status:-
CronJobSpec schedule:s timeZone:?*s startingDeadlineSeconds:?*l concurrencyPolicy:?s suspend:?*b jobTemplate:295 successfulJobsHistoryLimit:?*i failedJobsHistoryLimit:?*i
JobTemplateSpec metadata:?1 spec:?285
CertificateSigningRequest metadata:?1 spec:297 status:-
CertificateSigningRequestSpec request:B signerName:s expirationSeconds:?*i usages:?[s username:?s uid:?s groups:?[s extra:?{[s
ClusterTrustBundle metadata:?1 spec:299
ClusterTrustBundleSpec signerName:?s trustBundle:s
CertificateSigningRequest metadata:?1 spec:301 status:-
CertificateSigningRequestSpec request:B signerName:?*s expirationSeconds:?*i usages:?[s username:?s uid:?s groups:?[s extra:?{[s
ClusterTrustBundle metadata:?1 spec:303
ClusterTrustBundleSpec signerName:?s trustBundle:s
PodCertificateRequest metadata:?1 spec:305 status:-
PodCertificateRequestSpec signerName:s podName:s podUID:s serviceAccountName:s serviceAccountUID:s nodeName:s nodeUID:s maxExpirationSeconds:?*i pkixPublicKey:B proofOfPossession:B stubPKCS10Request:B unverifiedUserAnnotations:?{s
Lease metadata:?1 spec:?307
LeaseSpec holderIdentity:?*s leaseDurationSeconds:?*i acquireTime:?*M renewTime:?*M leaseTransitions:?*i strategy:?*s preferredHolder:?*s
LeaseCandidate metadata:?1 spec:?309
LeaseCandidateSpec leaseName:s pingTime:?*M renewTime:?*M binaryVersion:s emulationVersion:?s strategy:?s
Lease metadata:?1 spec:?311
LeaseSpec holderIdentity:?*s leaseDurationSeconds:?*i acquireTime:?*M renewTime:?*M leaseTransitions:?*i strategy:?*s preferredHolder:?*s
LeaseCandidate metadata:?1 spec:?313
LeaseCandidateSpec leaseName:s pingTime:?*M renewTime:?*M binaryVersion:s emulationVersion:?s strategy:?s
EndpointSlice metadata:?1 addressType:s endpoints:[315 ports:[321
Endpoint addresses:[s conditions:?316 hostname:?*s targetRef:?*317 deprecatedTopology:?{s nodeName:?*s zone:?*s hints:?*318
EndpointConditions ready:?*b serving:?*b terminating:?*b
ObjectReference kind:?s namespace:?s name:?s uid:?s apiVersion:?s resourceVersion:?s fieldPath:?s
EndpointHints forZones:?[319 forNodes:?[320
ForZone name:s
ForNode name:s
EndpointPort name:?*s protocol:?*s port:?*i appProtocol:?*s
EndpointSlice metadata:?1 addressType:s endpoints:[323 ports:[328
Endpoint addresses:[s conditions:?324 hostname:?*s targetRef:?*317 topology:?{s nodeName:?*s hints:?*325
EndpointConditions ready:?*b serving:?*b terminating:?*b
EndpointHints forZones:?[326 forNodes:?[327
ForZone name:s
ForNode name:s
EndpointPort name:?*s protocol:?*s port:?*i appProtocol:?*s
Event metadata:1 eventTime:M series:?*330 reportingController:?s reportingInstance:?s action:?s reason:?s regarding:?317 related:?*317 note:?s type:?s deprecatedSource:?331 deprecatedFirstTimestamp:?T deprecatedLastTimestamp:?T deprecatedCount:?i
EventSeries count:i lastObservedTime:M
EventSource component:?s host:?s
Event metadata:1 eventTime:M series:?*333 reportingController:?s reportingInstance:?s action:?s reason:?s regarding:?317 related:?*317 note:?s type:?s deprecatedSource:?331 deprecatedFirstTimestamp:?T deprecatedLastTimestamp:?T deprecatedCount:?i
EventSeries count:i lastObservedTime:M
DaemonSet metadata:?1 spec:?335 status:-
DaemonSetSpec selector:?*7 template:78 updateStrategy:?336 minReadySeconds:?i templateGeneration:?l revisionHistoryLimit:?*i
DaemonSetUpdateStrategy type:?s rollingUpdate:?*337
RollingUpdateDaemonSet maxUnavailable:?*I maxSurge:?*I
Deployment metadata:?1 spec:?339 status:-
DeploymentSpec replicas:?*i selector:?*7 template:78 strategy:?340 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b rollbackTo:?*342 progressDeadlineSeconds:?*i
DeploymentStrategy type:?s rollingUpdate:?*341
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
RollbackConfig revision:?l
DeploymentRollback name:s updatedAnnotations:?{s rollbackTo:342
Ingress metadata:?1 spec:?345 status:-
IngressSpec ingressClassName:?*s backend:?*346 tls:?[347 rules:?[348
IngressBackend serviceName:?s servicePort:?I resource:?*125
IngressTLS hosts:?[s secretName:?s
IngressRule host:?s http:?*349
HTTPIngressRuleValue paths:[350
HTTPIngressPath path:?s pathType:?*s backend:346
NetworkPolicy metadata:?1 spec:?352
NetworkPolicySpec podSelector:7 ingress:?[353 egress:?[357 policyTypes:?[s
NetworkPolicyIngressRule ports:?[354 from:?[355
NetworkPolicyPort protocol:?*s port:?*I endPort:?*i
NetworkPolicyPeer podSelector:?*7 namespaceSelector:?*7 ipBlock:?*356
IPBlock cidr:s except:?[s
NetworkPolicyEgressRule ports:?[354 to:?[355
ReplicaSet metadata:?1 spec:?359 status:-
ReplicaSetSpec replicas:?*i minReadySeconds:?i selector:?*7 template:?78
Scale metadata:?1 spec:?361 status:-
ScaleSpec replicas:?i
FlowSchema metadata:?1 spec:?363 status:-
FlowSchemaSpec priorityLevelConfiguration:364 matchingPrecedence:i distinguisherMethod:?*365 rules:?[366
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[367 resourceRules:?[371 nonResourceRules:?[372
Subject kind:s user:?*368 group:?*369 serviceAccount:?*370
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?374 status:-
PriorityLevelConfigurationSpec type:s limited:?*375 exempt:?*378
LimitedPriorityLevelConfiguration nominalConcurrencyShares:*i limitResponse:?376 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*377
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema metadata:?1 spec:?380 status:-
FlowSchemaSpec priorityLevelConfiguration:381 matchingPrecedence:i distinguisherMethod:?*382 rules:?[383
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[384 resourceRules:?[388 nonResourceRules:?[389
Subject kind:s user:?*385 group:?*386 serviceAccount:?*387
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?391 status:-
PriorityLevelConfigurationSpec type:s limited:?*392 exempt:?*395
LimitedPriorityLevelConfiguration assuredConcurrencyShares:i limitResponse:?393 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*394
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema metadata:?1 spec:?397 status:-
FlowSchemaSpec priorityLevelConfiguration:398 matchingPrecedence:i distinguisherMethod:?*399 rules:?[400
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[401 resourceRules:?[405 nonResourceRules:?[406
Subject kind:s user:?*402 group:?*403 serviceAccount:?*404
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?408 status:-
PriorityLevelConfigurationSpec type:s limited:?*409 exempt:?*412
LimitedPriorityLevelConfiguration assuredConcurrencyShares:i limitResponse:?410 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*411
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema metadata:?1 spec:?414 status:-
FlowSchemaSpec priorityLevelConfiguration:415 matchingPrecedence:i distinguisherMethod:?*416 rules:?[417
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:s
PolicyRulesWithSubjects subjects:[418 resourceRules:?[422 nonResourceRules:?[423
Subject kind:s user:?*419 group:?*420 serviceAccount:?*421
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration metadata:?1 spec:?425 status:-
PriorityLevelConfigurationSpec type:s limited:?*426 exempt:?*429
LimitedPriorityLevelConfiguration nominalConcurrencyShares:i limitResponse:?427 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:s queuing:?*428
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
StorageVersion metadata:?1 spec:431 status:-
StorageVersionSpec 
IPAddress metadata:?1 spec:?433
IPAddressSpec parentRef:?*434
ParentReference group:?s resource:?s namespace:?s name:?s
Ingress metadata:?1 spec:?436 status:-
IngressSpec ingressClassName:?*s defaultBackend:?*437 tls:?[440 rules:?[441
IngressBackend service:?*438 resource:?*125
IngressServiceBackend name:s port:?439
ServiceBackendPort name:?s number:?i
IngressTLS hosts:?[s secretName:?s
IngressRule host:?s http:?*442
HTTPIngressRuleValue paths:[443
HTTPIngressPath path:?s pathType:*s backend:437
IngressClass metadata:?1 spec:?445
IngressClassSpec controller:?s parameters:?*446
IngressClassParametersReference apiGroup:?*s kind:s name:s scope:*s namespace:?*s
NetworkPolicy metadata:?1 spec:?448
NetworkPolicySpec podSelector:7 ingress:?[449 egress:?[453 policyTypes:?[s
NetworkPolicyIngressRule ports:?[450 from:?[451
NetworkPolicyPort protocol:?*s port:?*I endPort:?*i
NetworkPolicyPeer podSelector:?*7 namespaceSelector:?*7 ipBlock:?*452
IPBlock cidr:s except:?[s
NetworkPolicyEgressRule ports:?[450 to:?[451
ServiceCIDR metadata:?1 spec:?455 status:-
ServiceCIDRSpec cidrs:?[s
IPAddress metadata:?1 spec:?457
IPAddressSpec parentRef:?*458
ParentReference group:?s resource:?s namespace:?s name:?s
Ingress metadata:?1 spec:?460 status:-
IngressSpec ingressClassName:?*s backend:?*461 tls:?[462 rules:?[463
IngressBackend serviceName:?s servicePort:?I resource:?*125
IngressTLS hosts:?[s secretName:?s
IngressRule host:?s http:?*464
HTTPIngressRuleValue paths:[465
HTTPIngressPath path:?s pathType:?*s backend:461
IngressClass metadata:?1 spec:?467
IngressClassSpec controller:?s parameters:?*468
IngressClassParametersReference apiGroup:?*s kind:s name:s scope:*s namespace:?*s
ServiceCIDR metadata:?1 spec:?470 status:-
ServiceCIDRSpec cidrs:?[s
RuntimeClass metadata:?1 handler:s overhead:?*472 scheduling:?*473
Overhead podFixed:?{Q
Scheduling nodeSelector:?{s tolerations:?[173
RuntimeClass metadata:?1 spec:475
RuntimeClassSpec runtimeHandler:s overhead:?*476 scheduling:?*477
Overhead podFixed:?{Q
Scheduling nodeSelector:?{s tolerations:?[173
RuntimeClass metadata:?1 handler:s overhead:?*479 scheduling:?*480
Overhead podFixed:?{Q
Scheduling nodeSelector:?{s tolerations:?[173
Eviction metadata:?1 deleteOptions:?*482
DeleteOptions gracePeriodSeconds:?*l preconditions:?*483 orphanDependents:?*b propagationPolicy:?*s dryRun:?[s ignoreStoreReadErrorWithClusterBreakingPotential:?*b
Preconditions uid:?*s resourceVersion:?*s
PodDisruptionBudget metadata:?1 spec:?485 status:-
PodDisruptionBudgetSpec minAvailable:?*I selector:?*7 maxUnavailable:?*I unhealthyPodEvictionPolicy:?*s
Eviction metadata:?1 deleteOptions:?*482
PodDisruptionBudget metadata:?1 spec:?488 status:-
PodDisruptionBudgetSpec minAvailable:?*I selector:?*7 maxUnavailable:?*I unhealthyPodEvictionPolicy:?*s
ClusterRole metadata:?1 rules:[490 aggregationRule:?*491
PolicyRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule clusterRoleSelectors:?[7
ClusterRoleBinding metadata:?1 subjects:?[493 roleRef:494
Subject kind:s apiGroup:?s name:s namespace:?s
RoleRef apiGroup:s kind:s name:s
Role metadata:?1 rules:[490
RoleBinding metadata:?1 subjects:?[493 roleRef:494
ClusterRole metadata:?1 rules:[498 aggregationRule:?*499
PolicyRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule clusterRoleSelectors:?[7
ClusterRoleBinding metadata:?1 subjects:?[501 roleRef:502
Subject kind:s apiVersion:?s name:s namespace:?s
RoleRef apiGroup:s kind:s name:s
Role metadata:?1 rules:[498
RoleBinding metadata:?1 subjects:?[501 roleRef:502
ClusterRole metadata:?1 rules:[506 aggregationRule:?*507
PolicyRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule clusterRoleSelectors:?[7
ClusterRoleBinding metadata:?1 subjects:?[509 roleRef:510
Subject kind:s apiGroup:?s name:s namespace:?s
RoleRef apiGroup:s kind:s name:s
Role metadata:?1 rules:[506
RoleBinding metadata:?1 subjects:?[509 roleRef:510
DeviceClass metadata:?1 spec:514
DeviceClassSpec selectors:?[515 config:?[517 extendedResourceName:?*s
DeviceSelector cel:?*516
CELDeviceSelector expression:s
DeviceClassConfiguration opaque:?*518
OpaqueDeviceConfiguration driver:s parameters:R
ResourceClaim metadata:?1 spec:520 status:-
ResourceClaimSpec devices:521
DeviceClaim requests:[522 constraints:?[527 config:?[528
DeviceRequest name:s exactly:?*523 firstAvailable:?[526
ExactDeviceRequest deviceClassName:s selectors:?[515 allocationMode:?s count:?l adminAccess:?*b tolerations:?[524 capacity:?*525
DeviceToleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
CapacityRequirements requests:?{Q
DeviceSubRequest name:s deviceClassName:s selectors:?[515 allocationMode:?s count:?l tolerations:?[524 capacity:?*525
DeviceConstraint requests:?[s matchAttribute:?*s distinctAttribute:?*s
DeviceClaimConfiguration requests:?[s opaque:?*518
ResourceClaimTemplate metadata:?1 spec:530
ResourceClaimTemplateSpec metadata:?1 spec:520
ResourceSlice metadata:?1 spec:532
ResourceSliceSpec driver:s pool:533 nodeName:?*s nodeSelector:?*165 allNodes:?*b devices:?[534 perDeviceNodeSelection:?*b sharedCounters:?[543
ResourcePool name:s generation:l resourceSliceCount:l
Device name:s attributes:?{535 capacity:?{536 consumesCounters:?[539 nodeName:?*s nodeSelector:?*165 allNodes:?*b taints:?[541 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?{542
DeviceAttribute int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity value:Q requestPolicy:?*537
CapacityRequestPolicy default:*Q validValues:?[Q validRange:?*538
CapacityRequestPolicyRange min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption counterSet:s counters:?{540
Counter value:Q
DeviceTaint key:s value:?s effect:s timeAdded:?*T
NodeAllocatableResourceMapping capacityKey:?*s allocationMultiplier:?*Q
CounterSet name:s counters:?{540
DeviceTaintRule metadata:?1 spec:545 status:-
DeviceTaintRuleSpec deviceSelector:?*546 taint:?547
DeviceTaintSelector driver:?*s pool:?*s device:?*s
DeviceTaint key:s value:?s effect:s timeAdded:?*T
ResourcePoolStatusRequest metadata:?1 spec:549 status:?*550
ResourcePoolStatusRequestSpec driver:s poolName:?*s limit:?*i
ResourcePoolStatusRequestStatus poolCount:?*i pools:?[551 conditions:?[552
PoolStatus driver:?s poolName:?s generation:l resourceSliceCount:?*i totalDevices:?*i allocatedDevices:?*i availableDevices:?*i unavailableDevices:?*i nodeName:?*s validationError:?*s
Condition type:s status:s observedGeneration:?l lastTransitionTime:T reason:s message:s
DeviceClass metadata:?1 spec:554
DeviceClassSpec selectors:?[555 config:?[557 extendedResourceName:?*s
DeviceSelector cel:?*556
CELDeviceSelector expression:s
DeviceClassConfiguration opaque:?*558
OpaqueDeviceConfiguration driver:s parameters:R
ResourceClaim metadata:?1 spec:560 status:-
ResourceClaimSpec devices:561
DeviceClaim requests:[562 constraints:?[566 config:?[567
DeviceRequest name:s deviceClassName:s selectors:?[555 allocationMode:?s count:?l adminAccess:?*b firstAvailable:?[563 tolerations:?[564 capacity:?*565
DeviceSubRequest name:s deviceClassName:s selectors:?[555 allocationMode:?s count:?l tolerations:?[564 capacity:?*565
DeviceToleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
CapacityRequirements requests:?{Q
DeviceConstraint requests:?[s matchAttribute:?*s distinctAttribute:?*s
DeviceClaimConfiguration requests:?[s opaque:?*558
ResourceClaimTemplate metadata:?1 spec:569
ResourceClaimTemplateSpec metadata:?1 spec:560
ResourceSlice metadata:?1 spec:571
ResourceSliceSpec driver:s pool:572 nodeName:?s nodeSelector:?*165 allNodes:?b devices:?[573 perDeviceNodeSelection:?*b sharedCounters:?[583
ResourcePool name:s generation:l resourceSliceCount:l
Device name:s basic:?*574
BasicDevice attributes:?{575 capacity:?{576 consumesCounters:?[579 nodeName:?*s nodeSelector:?*165 allNodes:?*b taints:?[581 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?{582
DeviceAttribute int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity value:Q requestPolicy:?*577
CapacityRequestPolicy default:*Q validValues:?[Q validRange:?*578
CapacityRequestPolicyRange min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption counterSet:s counters:?{580
Counter value:Q
DeviceTaint key:s value:?s effect:s timeAdded:?*T
NodeAllocatableResourceMapping capacityKey:?*s allocationMultiplier:?*Q
CounterSet name:s counters:?{580
DeviceClass metadata:?1 spec:585
DeviceClassSpec selectors:?[586 config:?[588 extendedResourceName:?*s
DeviceSelector cel:?*587
CELDeviceSelector expression:s
DeviceClassConfiguration opaque:?*589
OpaqueDeviceConfiguration driver:s parameters:R
DeviceTaintRule metadata:?1 spec:591 status:-
DeviceTaintRuleSpec deviceSelector:?*592 taint:?593
DeviceTaintSelector driver:?*s pool:?*s device:?*s
DeviceTaint key:s value:?s effect:s timeAdded:?*T
ResourceClaim metadata:?1 spec:595 status:-
ResourceClaimSpec devices:596
DeviceClaim requests:[597 constraints:?[602 config:?[603
DeviceRequest name:s exactly:?*598 firstAvailable:?[601
ExactDeviceRequest deviceClassName:s selectors:?[586 allocationMode:?s count:?l adminAccess:?*b tolerations:?[599 capacity:?*600
DeviceToleration key:?s operator:?s value:?s effect:?s tolerationSeconds:?*l
CapacityRequirements requests:?{Q
DeviceSubRequest name:s deviceClassName:s selectors:?[586 allocationMode:?s count:?l tolerations:?[599 capacity:?*600
DeviceConstraint requests:?[s matchAttribute:?*s distinctAttribute:?*s
DeviceClaimConfiguration requests:?[s opaque:?*589
ResourceClaimTemplate metadata:?1 spec:605
ResourceClaimTemplateSpec metadata:?1 spec:595
ResourceSlice metadata:?1 spec:607
ResourceSliceSpec driver:s pool:608 nodeName:?*s nodeSelector:?*165 allNodes:?*b devices:?[609 perDeviceNodeSelection:?*b sharedCounters:?[617
ResourcePool name:s generation:l resourceSliceCount:l
Device name:s attributes:?{610 capacity:?{611 consumesCounters:?[614 nodeName:?*s nodeSelector:?*165 allNodes:?*b taints:?[593 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?{616
DeviceAttribute int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity value:Q requestPolicy:?*612
CapacityRequestPolicy default:*Q validValues:?[Q validRange:?*613
CapacityRequestPolicyRange min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption counterSet:s counters:?{615
Counter value:Q
NodeAllocatableResourceMapping capacityKey:?*s allocationMultiplier:?*Q
CounterSet name:s counters:?{615
PriorityClass metadata:?1 value:i globalDefault:?b description:?s preemptionPolicy:?*s
PodGroup metadata:?1 spec:620 status:-
PodGroupSpec podGroupTemplateRef:*621 schedulingPolicy:623 schedulingConstraints:?*626 resourceClaims:?[628 disruptionMode:?*s priorityClassName:?s priority:?*i
PodGroupTemplateReference workload:*622
WorkloadPodGroupTemplateReference workloadName:s podGroupTemplateName:s
PodGroupSchedulingPolicy basic:?*624 gang:?*625
BasicSchedulingPolicy 
GangSchedulingPolicy minCount:i
PodGroupSchedulingConstraints topology:?[627
TopologyConstraint key:s
PodGroupResourceClaim name:s resourceClaimName:?*s resourceClaimTemplateName:?*s
Workload metadata:?1 spec:630
WorkloadSpec controllerRef:?*631 podGroupTemplates:[632
TypedLocalObjectReference apiGroup:?s kind:s name:s
PodGroupTemplate name:s schedulingPolicy:623 schedulingConstraints:*626 resourceClaims:?[628 disruptionMode:?*s priorityClassName:?s priority:?*i
PriorityClass metadata:?1 value:i globalDefault:?b description:?s preemptionPolicy:?*s
CSIDriver metadata:?1 spec:635
CSIDriverSpec attachRequired:?*b podInfoOnMount:?*b volumeLifecycleModes:?[s storageCapacity:?*b fsGroupPolicy:?*s tokenRequests:?[636 requiresRepublish:?*b seLinuxMount:?*b nodeAllocatableUpdatePeriodSeconds:?*l serviceAccountTokenInSecrets:?*b preventPodSchedulingIfMissing:?*b
TokenRequest audience:s expirationSeconds:?*l
CSINode metadata:?1 spec:638
CSINodeSpec drivers:[639
CSINodeDriver name:s nodeID:s topologyKeys:[s allocatable:?*640
VolumeNodeResources count:?*i
CSIStorageCapacity metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
StorageClass metadata:?1 provisioner:s parameters:?{s reclaimPolicy:?*s mountOptions:?[s allowVolumeExpansion:?*b volumeBindingMode:?*s allowedTopologies:?[643
TopologySelectorTerm matchLabelExpressions:?[644
TopologySelectorLabelRequirement key:s values:[s
VolumeAttachment metadata:?1 spec:646 status:-
VolumeAttachmentSpec attacher:s source:647 nodeName:s
VolumeAttachmentSource persistentVolumeName:?*s inlineVolumeSpec:?*648
PersistentVolumeSpec capacity:?{Q gcePersistentDisk:?*83 awsElasticBlockStore:?*84 hostPath:?*81 glusterfs:?*649 nfs:?*88 rbd:?*650 iscsi:?*652 cinder:?*653 cephfs:?*654 fc:?*102 flocker:?*97 flexVolume:?*655 azureFile:?*656 vsphereVolume:?*105 quobyte:?*106 azureDisk:?*107 photonPersistentDisk:?*108 portworxVolume:?*117 scaleIO:?*657 local:?*658 storageos:?*659 csi:?*660 accessModes:?[s claimRef:?*317 persistentVolumeReclaimPolicy:?s storageClassName:?s mountOptions:?[s volumeMode:?*s nodeAffinity:?*661 volumeAttributesClassName:?*s
GlusterfsPersistentVolumeSource endpoints:s path:s readOnly:?b endpointsNamespace:?*s
RBDPersistentVolumeSource monitors:[s image:s fsType:?s pool:?s user:?s keyring:?s secretRef:?*651 readOnly:?b
SecretReference name:?s namespace:?s
ISCSIPersistentVolumeSource targetPortal:s iqn:s lun:i iscsiInterface:?s fsType:?s readOnly:?b portals:?[s chapAuthDiscovery:?b chapAuthSession:?b secretRef:?*651 initiatorName:?*s
CinderPersistentVolumeSource volumeID:s fsType:?s readOnly:?b secretRef:?*651
CephFSPersistentVolumeSource monitors:[s path:?s user:?s secretFile:?s secretRef:?*651 readOnly:?b
FlexPersistentVolumeSource driver:s fsType:?s secretRef:?*651 readOnly:?b options:?{s
AzureFilePersistentVolumeSource secretName:s shareName:s readOnly:?b secretNamespace:*s
ScaleIOPersistentVolumeSource gateway:s system:s secretRef:*651 sslEnabled:?b protectionDomain:?s storagePool:?s storageMode:?s volumeName:?s fsType:?s readOnly:?b
LocalVolumeSource path:s fsType:?*s
StorageOSPersistentVolumeSource volumeName:?s volumeNamespace:?s fsType:?s readOnly:?b secretRef:?*317
CSIPersistentVolumeSource driver:s volumeHandle:s readOnly:?b fsType:?s volumeAttributes:?{s controllerPublishSecretRef:?*651 nodeStageSecretRef:?*651 nodePublishSecretRef:?*651 controllerExpandSecretRef:?*651 nodeExpandSecretRef:?*651
VolumeNodeAffinity required:?*165
VolumeAttributesClass metadata:?1 driverName:s parameters:?{s
CSIStorageCapacity metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
VolumeAttachment metadata:?1 spec:665 status:-
VolumeAttachmentSpec attacher:s source:666 nodeName:s
VolumeAttachmentSource persistentVolumeName:?*s inlineVolumeSpec:?*648
VolumeAttributesClass metadata:?1 driverName:s parameters:?{s
CSIDriver metadata:?1 spec:669
CSIDriverSpec attachRequired:?*b podInfoOnMount:?*b volumeLifecycleModes:?[s storageCapacity:?*b fsGroupPolicy:?*s tokenRequests:?[670 requiresRepublish:?*b seLinuxMount:?*b nodeAllocatableUpdatePeriodSeconds:?*l serviceAccountTokenInSecrets:?*b preventPodSchedulingIfMissing:?*b
TokenRequest audience:s expirationSeconds:?*l
CSINode metadata:?1 spec:672
CSINodeSpec drivers:[673
CSINodeDriver name:s nodeID:s topologyKeys:[s allocatable:?*674
VolumeNodeResources count:?*i
CSIStorageCapacity metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
StorageClass metadata:?1 provisioner:s parameters:?{s reclaimPolicy:?*s mountOptions:?[s allowVolumeExpansion:?*b volumeBindingMode:?*s allowedTopologies:?[643
VolumeAttachment metadata:?1 spec:678 status:-
VolumeAttachmentSpec attacher:s source:679 nodeName:s
VolumeAttachmentSource persistentVolumeName:?*s inlineVolumeSpec:?*648
VolumeAttributesClass metadata:?1 driverName:s parameters:?{s
StorageVersionMigration metadata:?1 spec:?682 status:-
StorageVersionMigrationSpec resource:683
GroupResource group:s resource:s
Binding metadata:?1 target:317
ComponentStatus metadata:?1 conditions:?[686
ComponentCondition type:s status:s message:?s error:?s
ConfigMap metadata:?1 immutable:?*b data:?{s binaryData:?{B
Endpoints metadata:?1 subsets:?[689
EndpointSubset addresses:?[690 notReadyAddresses:?[690 ports:?[691
EndpointAddress ip:s hostname:?s nodeName:?*s targetRef:?*317
EndpointPort name:?s port:i protocol:?s appProtocol:?*s
Event metadata:1 involvedObject:317 reason:?s message:?s source:?331 firstTimestamp:?T lastTimestamp:?T count:?i type:?s eventTime:?M series:?*693 action:?s related:?*317 reportingComponent:s reportingInstance:s
EventSeries count:?i lastObservedTime:?M
LimitRange metadata:?1 spec:?695
LimitRangeSpec limits:[696
LimitRangeItem type:s max:?{Q min:?{Q default:?{Q defaultRequest:?{Q maxLimitRequestRatio:?{Q
Namespace metadata:?1 spec:?698 status:-
NamespaceSpec finalizers:?[s
Node metadata:?1 spec:?700 status:-
NodeSpec podCIDR:?s podCIDRs:?[s providerID:?s unschedulable:?b taints:?[701 configSource:?*702 externalID:?s
Taint key:s value:?s effect:s timeAdded:?*T
NodeConfigSource configMap:?*703
ConfigMapNodeConfigSource namespace:s name:s uid:?s resourceVersion:?s kubeletConfigKey:s
PersistentVolume metadata:?1 spec:?648 status:-
Pod metadata:?1 spec:?79 status:-
PodStatusResult metadata:?1 status:-
PodTemplate metadata:?1 template:?78
RangeAllocation metadata:?1 range:s data:B
ReplicationController metadata:?1 spec:?710 status:-
ReplicationControllerSpec replicas:?*i minReadySeconds:?i selector:?{s template:?*78
ResourceQuota metadata:?1 spec:?712 status:-
ResourceQuotaSpec hard:?{Q scopes:?[s scopeSelector:?*713
ScopeSelector matchExpressions:?[714
ScopedResourceSelectorRequirement scopeName:s operator:s values:?[s
Secret metadata:?1 immutable:?*b data:?{B stringData:?{s type:?s
SerializedReference reference:?317
Service metadata:?1 spec:?718 status:-
ServiceSpec ports:?[719 selector:?{s clusterIP:?s clusterIPs:?[s type:?s externalIPs:?[s sessionAffinity:?s loadBalancerIP:?s loadBalancerSourceRanges:?[s externalName:?s externalTrafficPolicy:?s healthCheckNodePort:?i publishNotReadyAddresses:?b sessionAffinityConfig:?*720 ipFamilies:?[s ipFamilyPolicy:?*s allocateLoadBalancerNodePorts:?*b loadBalancerClass:?*s internalTrafficPolicy:?*s trafficDistribution:?*s
ServicePort name:?s protocol:?s appProtocol:?*s port:i targetPort:?I nodePort:?i
SessionAffinityConfig clientIP:?*721
ClientIPConfig timeoutSeconds:?*i
ServiceAccount metadata:?1 secrets:?[317 imagePullSecrets:?[90 automountServiceAccountToken:?*b`;
