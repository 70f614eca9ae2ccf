// The objects that Kubernetes' own client libraries know, as data: which fields each has and of which type. Facts of the
// Kubernetes API; types.ts reads the lines. Lists of kinds: `group/version Kind type Kind type ...`.
// A type: its name, `@` when it has apiVersion and kind, `/v2` when its package is not called v1, then fields. In front of a
// field's name the structs that it is embedded by; behind it `?` when it is left out when empty, `-` when its value is never
// written; then s b i l f text, bool, int32, int64, float, B bytes, Q quantity, I int or text, T M times, R anything, `*`
// pointer, `[` list, `{` map, a number another type; `Name=` before any of these is the name that Go gives to it, and
// `|` a schema that is another type: or a list of them after `a`, or a bool after `b`, or a list of text after `t`.

export const kindLines = `admissionregistration.k8s.io/v1 MutatingAdmissionPolicy 0 MutatingAdmissionPolicyBinding 15 MutatingAdmissionPolicyBindingList 778 MutatingAdmissionPolicyList 779 MutatingWebhookConfiguration 18 MutatingWebhookConfigurationList 780 ValidatingAdmissionPolicy 23 ValidatingAdmissionPolicyBinding 27 ValidatingAdmissionPolicyBindingList 781 ValidatingAdmissionPolicyList 782 ValidatingWebhookConfiguration 29 ValidatingWebhookConfigurationList 783
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy 31 MutatingAdmissionPolicyBinding 41 MutatingAdmissionPolicyBindingList 784 MutatingAdmissionPolicyList 785 ValidatingAdmissionPolicy 44 ValidatingAdmissionPolicyBinding 48 ValidatingAdmissionPolicyBindingList 786 ValidatingAdmissionPolicyList 787
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy 50 MutatingAdmissionPolicyBinding 60 MutatingAdmissionPolicyBindingList 788 MutatingAdmissionPolicyList 789 MutatingWebhookConfiguration 63 MutatingWebhookConfigurationList 790 ValidatingAdmissionPolicy 67 ValidatingAdmissionPolicyBinding 71 ValidatingAdmissionPolicyBindingList 791 ValidatingAdmissionPolicyList 792 ValidatingWebhookConfiguration 73 ValidatingWebhookConfigurationList 793
apiextensions.k8s.io/v1 ConversionReview 75 CustomResourceDefinition 83 CustomResourceDefinitionList 794
apiextensions.k8s.io/v1beta1 ConversionReview 100 CustomResourceDefinition 103 CustomResourceDefinitionList 795
apps/v1 ControllerRevision 119 ControllerRevisionList 796 DaemonSet 120 DaemonSetList 797 Deployment 229 DeploymentList 798 ReplicaSet 233 ReplicaSetList 799 StatefulSet 235 StatefulSetList 800
apps/v1beta1 ControllerRevision 242 ControllerRevisionList 801 Deployment 243 DeploymentList 802 DeploymentRollback 248 Scale 249 StatefulSet 251 StatefulSetList 803
apps/v1beta2 ControllerRevision 257 ControllerRevisionList 804 DaemonSet 258 DaemonSetList 805 Deployment 262 DeploymentList 806 ReplicaSet 266 ReplicaSetList 807 Scale 268 StatefulSet 270 StatefulSetList 808
authentication.k8s.io/v1 SelfSubjectReview 276 TokenRequest 277 TokenReview 280
authentication.k8s.io/v1alpha1 SelfSubjectReview 282
authentication.k8s.io/v1beta1 SelfSubjectReview 283 TokenReview 284
authorization.k8s.io/v1 LocalSubjectAccessReview 286 SelfSubjectAccessReview 293 SelfSubjectRulesReview 295 SubjectAccessReview 297
authorization.k8s.io/v1beta1 LocalSubjectAccessReview 298 SelfSubjectAccessReview 302 SelfSubjectRulesReview 304 SubjectAccessReview 306
autoscaling/v1 HorizontalPodAutoscaler 307 HorizontalPodAutoscalerList 809 Scale 310
autoscaling/v2 HorizontalPodAutoscaler 312 HorizontalPodAutoscalerList 810
batch/v1 CronJob 326 CronJobList 811 Job 336 JobList 812
batch/v1beta1 CronJob 337 CronJobList 813
certificates.k8s.io/v1 CertificateSigningRequest 340 CertificateSigningRequestList 814
certificates.k8s.io/v1alpha1 ClusterTrustBundle 342 ClusterTrustBundleList 815
certificates.k8s.io/v1beta1 CertificateSigningRequest 344 CertificateSigningRequestList 816 ClusterTrustBundle 346 ClusterTrustBundleList 817 PodCertificateRequest 348 PodCertificateRequestList 818
coordination.k8s.io/v1 Lease 350 LeaseList 819
coordination.k8s.io/v1alpha2 LeaseCandidate 352 LeaseCandidateList 820
coordination.k8s.io/v1beta1 Lease 354 LeaseCandidate 356 LeaseCandidateList 821 LeaseList 822
discovery.k8s.io/v1 EndpointSlice 358 EndpointSliceList 823
discovery.k8s.io/v1beta1 EndpointSlice 366 EndpointSliceList 824
events.k8s.io/v1 Event 373 EventList 825
events.k8s.io/v1beta1 Event 376 EventList 826
extensions/v1beta1 DaemonSet 378 DaemonSetList 827 Deployment 382 DeploymentList 828 DeploymentRollback 387 Ingress 388 IngressList 829 NetworkPolicy 395 NetworkPolicyList 830 ReplicaSet 402 ReplicaSetList 831 Scale 404
flowcontrol.apiserver.k8s.io/v1 FlowSchema 406 FlowSchemaList 832 PriorityLevelConfiguration 417 PriorityLevelConfigurationList 833
flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema 423 FlowSchemaList 834 PriorityLevelConfiguration 434 PriorityLevelConfigurationList 835
flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema 440 FlowSchemaList 836 PriorityLevelConfiguration 451 PriorityLevelConfigurationList 837
flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema 457 FlowSchemaList 838 PriorityLevelConfiguration 468 PriorityLevelConfigurationList 839
internal.apiserver.k8s.io/v1alpha1 StorageVersion 474 StorageVersionList 840
networking.k8s.io/v1 IPAddress 476 IPAddressList 841 Ingress 479 IngressClass 488 IngressClassList 842 IngressList 843 NetworkPolicy 491 NetworkPolicyList 844 ServiceCIDR 498 ServiceCIDRList 845
networking.k8s.io/v1beta1 IPAddress 500 IPAddressList 846 Ingress 503 IngressClass 510 IngressClassList 847 IngressList 848 ServiceCIDR 513 ServiceCIDRList 849
node.k8s.io/v1 RuntimeClass 515 RuntimeClassList 850
node.k8s.io/v1alpha1 RuntimeClass 518 RuntimeClassList 851
node.k8s.io/v1beta1 RuntimeClass 522 RuntimeClassList 852
policy/v1 Eviction 525 PodDisruptionBudget 528 PodDisruptionBudgetList 853
policy/v1beta1 Eviction 530 PodDisruptionBudget 531 PodDisruptionBudgetList 854
rbac.authorization.k8s.io/v1 ClusterRole 533 ClusterRoleBinding 536 ClusterRoleBindingList 855 ClusterRoleList 856 Role 539 RoleBinding 540 RoleBindingList 857 RoleList 858
rbac.authorization.k8s.io/v1alpha1 ClusterRole 541 ClusterRoleBinding 544 ClusterRoleBindingList 859 ClusterRoleList 860 Role 547 RoleBinding 548 RoleBindingList 861 RoleList 862
rbac.authorization.k8s.io/v1beta1 ClusterRole 549 ClusterRoleBinding 552 ClusterRoleBindingList 863 ClusterRoleList 864 Role 555 RoleBinding 556 RoleBindingList 865 RoleList 866
resource.k8s.io/v1 DeviceClass 557 DeviceClassList 867 ResourceClaim 563 ResourceClaimList 868 ResourceClaimTemplate 573 ResourceClaimTemplateList 869 ResourceSlice 575 ResourceSliceList 870
resource.k8s.io/v1alpha3 DeviceTaintRule 588 DeviceTaintRuleList 871 ResourcePoolStatusRequest 592 ResourcePoolStatusRequestList 872
resource.k8s.io/v1beta1 DeviceClass 597 DeviceClassList 873 ResourceClaim 603 ResourceClaimList 874 ResourceClaimTemplate 612 ResourceClaimTemplateList 875 ResourceSlice 614 ResourceSliceList 876
resource.k8s.io/v1beta2 DeviceClass 628 DeviceClassList 877 DeviceTaintRule 634 DeviceTaintRuleList 878 ResourceClaim 638 ResourceClaimList 879 ResourceClaimTemplate 648 ResourceClaimTemplateList 880 ResourceSlice 650 ResourceSliceList 881
scheduling.k8s.io/v1 PriorityClass 662 PriorityClassList 882
scheduling.k8s.io/v1alpha2 PodGroup 663 PodGroupList 883 Workload 673 WorkloadList 884
scheduling.k8s.io/v1beta1 PriorityClass 677 PriorityClassList 885
storage.k8s.io/v1 CSIDriver 678 CSIDriverList 886 CSINode 681 CSINodeList 887 CSIStorageCapacity 685 CSIStorageCapacityList 888 StorageClass 686 StorageClassList 889 VolumeAttachment 689 VolumeAttachmentList 890 VolumeAttributesClass 706 VolumeAttributesClassList 891
storage.k8s.io/v1alpha1 CSIStorageCapacity 707 CSIStorageCapacityList 892 VolumeAttachment 708 VolumeAttachmentList 893 VolumeAttributesClass 711 VolumeAttributesClassList 894
storage.k8s.io/v1beta1 CSIDriver 712 CSIDriverList 895 CSINode 715 CSINodeList 896 CSIStorageCapacity 719 CSIStorageCapacityList 897 StorageClass 720 StorageClassList 898 VolumeAttachment 721 VolumeAttachmentList 899 VolumeAttributesClass 724 VolumeAttributesClassList 900
storagemigration.k8s.io/v1beta1 StorageVersionMigration 725 StorageVersionMigrationList 901
v1 APIGroup 728 APIGroupList 902 APIResourceList 903 APIVersions 731 Binding 732 ComponentStatus 733 ComponentStatusList 905 ConfigMap 735 ConfigMapList 906 Endpoints 736 EndpointsList 907 Event 740 EventList 908 LimitRange 742 LimitRangeList 909 List 910 Namespace 745 NamespaceList 911 Node 747 NodeList 912 NodeProxyOptions 752 PersistentVolume 753 PersistentVolumeClaim 237 PersistentVolumeClaimList 913 PersistentVolumeList 914 Pod 754 PodAttachOptions 755 PodExecOptions 756 PodList 915 PodLogOptions 757 PodPortForwardOptions 758 PodProxyOptions 759 PodStatusResult 760 PodTemplate 761 PodTemplateList 916 RangeAllocation 762 ReplicationController 763 ReplicationControllerList 917 ResourceQuota 765 ResourceQuotaList 918 Secret 769 SecretList 919 SerializedReference 770 Service 771 ServiceAccount 776 ServiceAccountList 920 ServiceList 921 ServiceProxyOptions 777 Status 78`;

export const typeLines = `MutatingAdmissionPolicy @ metadata:?1 spec:?4
ObjectMeta name:?s generateName:?s namespace:?s selfLink:?s uid:?types.UID=s resourceVersion:?s generation:?l creationTimestamp:?T deletionTimestamp:?*T deletionGracePeriodSeconds:?*l labels:?{s annotations:?{s ownerReferences:?[2 finalizers:?[s managedFields:?[3
OwnerReference apiVersion:s kind:s name:s uid:types.UID=s controller:?*b blockOwnerDeletion:?*b
ManagedFieldsEntry manager:?s operation:?ManagedFieldsOperationType=s apiVersion:?s time:?*T fieldsType:?s fieldsV1:?*FieldsV1=R subresource:?s
MutatingAdmissionPolicySpec paramKind:?*5 matchConstraints:?*6 variables:?[10 mutations:?[11 failurePolicy:?*FailurePolicyType=s matchConditions:?[14 reinvocationPolicy:?ReinvocationPolicyType=s
ParamKind apiVersion:?s kind:?s
MatchResources namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[9 excludeResourceRules:?[9 matchPolicy:?*MatchPolicyType=s
LabelSelector matchLabels:?{s matchExpressions:?[8
LabelSelectorRequirement key:s operator:LabelSelectorOperator=s values:?[s
NamedRuleWithOperations resourceNames:?[s RuleWithOperations.operations:?[OperationType=s RuleWithOperations.Rule.apiGroups:?[s RuleWithOperations.Rule.apiVersions:?[s RuleWithOperations.Rule.resources:?[s RuleWithOperations.Rule.scope:?*ScopeType=s
Variable name:s expression:s
Mutation patchType:PatchType=s applyConfiguration:?*12 jsonPatch:?*13
ApplyConfiguration expression:?s
JSONPatch expression:?s
MatchCondition name:s expression:s
MutatingAdmissionPolicyBinding @ metadata:?1 spec:?16
MutatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*17 matchResources:?*6
ParamRef name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*ParameterNotFoundActionType=s
MutatingWebhookConfiguration @ metadata:?1 webhooks:?[19
MutatingWebhook name:s clientConfig:20 rules:?[22 failurePolicy:?*FailurePolicyType=s matchPolicy:?*MatchPolicyType=s namespaceSelector:?*7 objectSelector:?*7 sideEffects:*SideEffectClass=s timeoutSeconds:?*i admissionReviewVersions:[s reinvocationPolicy:?*ReinvocationPolicyType=s matchConditions:?[14
WebhookClientConfig url:?*s service:?*21 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
RuleWithOperations operations:?[OperationType=s Rule.apiGroups:?[s Rule.apiVersions:?[s Rule.resources:?[s Rule.scope:?*ScopeType=s
ValidatingAdmissionPolicy @ metadata:?1 spec:?24 status:?-922
ValidatingAdmissionPolicySpec paramKind:?*5 matchConstraints:?*6 validations:?[25 failurePolicy:?*FailurePolicyType=s auditAnnotations:?[26 matchConditions:?[14 variables:?[10
Validation expression:s message:?s reason:?*StatusReason=s messageExpression:?s
AuditAnnotation key:s valueExpression:s
ValidatingAdmissionPolicyBinding @ metadata:?1 spec:?28
ValidatingAdmissionPolicyBindingSpec policyName:?s paramRef:?*17 matchResources:?*6 validationActions:?[ValidationAction=s
ValidatingWebhookConfiguration @ metadata:?1 webhooks:?[30
ValidatingWebhook name:s clientConfig:20 rules:?[22 failurePolicy:?*FailurePolicyType=s matchPolicy:?*MatchPolicyType=s namespaceSelector:?*7 objectSelector:?*7 sideEffects:*SideEffectClass=s timeoutSeconds:?*i admissionReviewVersions:[s matchConditions:?[14
MutatingAdmissionPolicy @ /v1alpha1 metadata:?1 spec:?32
MutatingAdmissionPolicySpec /v1alpha1 paramKind:?*33 matchConstraints:?*34 variables:?[36 mutations:?[37 failurePolicy:?*FailurePolicyType=s matchConditions:?[40 reinvocationPolicy:?v1.ReinvocationPolicyType=s
ParamKind /v1alpha1 apiVersion:?s kind:?s
MatchResources /v1alpha1 namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[35 excludeResourceRules:?[35 matchPolicy:?*MatchPolicyType=s
NamedRuleWithOperations /v1alpha1 resourceNames:?[s RuleWithOperations.operations:?[v1.OperationType=s RuleWithOperations.Rule.apiGroups:?[s RuleWithOperations.Rule.apiVersions:?[s RuleWithOperations.Rule.resources:?[s RuleWithOperations.Rule.scope:?*v1.ScopeType=s
Variable /v1alpha1 name:s expression:s
Mutation /v1alpha1 patchType:PatchType=s applyConfiguration:?*38 jsonPatch:?*39
ApplyConfiguration /v1alpha1 expression:?s
JSONPatch /v1alpha1 expression:?s
MatchCondition /v1alpha1 name:s expression:s
MutatingAdmissionPolicyBinding @ /v1alpha1 metadata:?1 spec:?42
MutatingAdmissionPolicyBindingSpec /v1alpha1 policyName:?s paramRef:?*43 matchResources:?*34
ParamRef /v1alpha1 name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*ParameterNotFoundActionType=s
ValidatingAdmissionPolicy @ /v1alpha1 metadata:?1 spec:?45 status:?-925
ValidatingAdmissionPolicySpec /v1alpha1 paramKind:?*33 matchConstraints:?*34 validations:?[46 failurePolicy:?*FailurePolicyType=s auditAnnotations:?[47 matchConditions:?[40 variables:?[36
Validation /v1alpha1 expression:s message:?s reason:?*v1.StatusReason=s messageExpression:?s
AuditAnnotation /v1alpha1 key:s valueExpression:s
ValidatingAdmissionPolicyBinding @ /v1alpha1 metadata:?1 spec:?49
ValidatingAdmissionPolicyBindingSpec /v1alpha1 policyName:?s paramRef:?*43 matchResources:?*34 validationActions:?[ValidationAction=s
MutatingAdmissionPolicy @ /v1beta1 metadata:?1 spec:?51
MutatingAdmissionPolicySpec /v1beta1 paramKind:?*52 matchConstraints:?*53 variables:?[55 mutations:?[56 failurePolicy:?*FailurePolicyType=s matchConditions:?[59 reinvocationPolicy:?v1.ReinvocationPolicyType=s
ParamKind /v1beta1 apiVersion:?s kind:?s
MatchResources /v1beta1 namespaceSelector:?*7 objectSelector:?*7 resourceRules:?[54 excludeResourceRules:?[54 matchPolicy:?*MatchPolicyType=s
NamedRuleWithOperations /v1beta1 resourceNames:?[s RuleWithOperations.operations:?[v1.OperationType=s RuleWithOperations.Rule.apiGroups:?[s RuleWithOperations.Rule.apiVersions:?[s RuleWithOperations.Rule.resources:?[s RuleWithOperations.Rule.scope:?*v1.ScopeType=s
Variable /v1beta1 name:s expression:s
Mutation /v1beta1 patchType:PatchType=s applyConfiguration:?*57 jsonPatch:?*58
ApplyConfiguration /v1beta1 expression:?s
JSONPatch /v1beta1 expression:?s
MatchCondition /v1beta1 name:s expression:s
MutatingAdmissionPolicyBinding @ /v1beta1 metadata:?1 spec:?61
MutatingAdmissionPolicyBindingSpec /v1beta1 policyName:?s paramRef:?*62 matchResources:?*53
ParamRef /v1beta1 name:?s namespace:?s selector:?*7 parameterNotFoundAction:?*ParameterNotFoundActionType=s
MutatingWebhookConfiguration @ /v1beta1 metadata:?1 webhooks:?[64
MutatingWebhook /v1beta1 name:s clientConfig:65 rules:?[22 failurePolicy:?*FailurePolicyType=s matchPolicy:?*MatchPolicyType=s namespaceSelector:?*7 objectSelector:?*7 sideEffects:?*SideEffectClass=s timeoutSeconds:?*i admissionReviewVersions:?[s reinvocationPolicy:?*v1.ReinvocationPolicyType=s matchConditions:?[59
WebhookClientConfig /v1beta1 url:?*s service:?*66 caBundle:?B
ServiceReference /v1beta1 namespace:s name:s path:?*s port:?*i
ValidatingAdmissionPolicy @ /v1beta1 metadata:?1 spec:?68 status:?-928
ValidatingAdmissionPolicySpec /v1beta1 paramKind:?*52 matchConstraints:?*53 validations:?[69 failurePolicy:?*FailurePolicyType=s auditAnnotations:?[70 matchConditions:?[59 variables:?[55
Validation /v1beta1 expression:s message:?s reason:?*v1.StatusReason=s messageExpression:?s
AuditAnnotation /v1beta1 key:s valueExpression:s
ValidatingAdmissionPolicyBinding @ /v1beta1 metadata:?1 spec:?72
ValidatingAdmissionPolicyBindingSpec /v1beta1 policyName:?s paramRef:?*62 matchResources:?*53 validationActions:?[ValidationAction=s
ValidatingWebhookConfiguration @ /v1beta1 metadata:?1 webhooks:?[74
ValidatingWebhook /v1beta1 name:s clientConfig:65 rules:?[22 failurePolicy:?*FailurePolicyType=s matchPolicy:?*MatchPolicyType=s namespaceSelector:?*7 objectSelector:?*7 sideEffects:?*SideEffectClass=s timeoutSeconds:?*i admissionReviewVersions:?[s matchConditions:?[59
ConversionReview @ request:?*76 response:?*77
ConversionRequest uid:types.UID=s desiredAPIVersion:s objects:[R
ConversionResponse uid:types.UID=s convertedObjects:[R result:78
Status @ metadata:?79 status:?s message:?s reason:?StatusReason=s details:?*81 code:?i
ListMeta selfLink:?s resourceVersion:?s continue:?s remainingItemCount:?*l shardInfo:?*80
ShardInfo selector:s
StatusDetails name:?s group:?s kind:?s uid:?types.UID=s causes:?[82 retryAfterSeconds:?i
StatusCause reason:?CauseType=s message:?s field:?s
CustomResourceDefinition @ metadata:?1 spec:84 status:?-931
CustomResourceDefinitionSpec group:s names:85 scope:ResourceScope=s versions:[86 conversion:?*96 preserveUnknownFields:?b
CustomResourceDefinitionNames plural:s singular:?s shortNames:?[s kind:s listKind:?s categories:?[s
CustomResourceDefinitionVersion name:s served:b storage:b deprecated:?b deprecationWarning:?*s schema:?*87 subresources:?*91 additionalPrinterColumns:?[94 selectableFields:?[95
CustomResourceValidation openAPIV3Schema:?*88
JSONSchemaProps id:?s $schema:?JSONSchemaURL=s $ref:?*s description:?s type:?s format:?s title:?s default:?*JSON=R maximum:?*f exclusiveMaximum:?b minimum:?*f exclusiveMinimum:?b maxLength:?*l minLength:?*l pattern:?s maxItems:?*l minItems:?*l uniqueItems:?b multipleOf:?*f enum:?[JSON=R maxProperties:?*l minProperties:?*l required:?[s items:?*|a88 allOf:?[88 oneOf:?[88 anyOf:?[88 not:?*88 properties:?{88 additionalProperties:?*|b88 patternProperties:?{88 dependencies:?JSONSchemaDependencies={|t88 additionalItems:?*|b88 definitions:?JSONSchemaDefinitions={88 externalDocs:?*89 example:?*JSON=R nullable:?b x-kubernetes-preserve-unknown-fields:?*b x-kubernetes-embedded-resource:?b x-kubernetes-int-or-string:?b x-kubernetes-list-map-keys:?[s x-kubernetes-list-type:?*s x-kubernetes-map-type:?*s x-kubernetes-validations:?ValidationRules=[90
ExternalDocumentation description:?s url:?s
ValidationRule rule:s message:?s messageExpression:?s reason:?*FieldValueErrorReason=s fieldPath:?s optionalOldSelf:?*b
CustomResourceSubresources status:?*92 scale:?*93
CustomResourceSubresourceStatus
CustomResourceSubresourceScale specReplicasPath:s statusReplicasPath:s labelSelectorPath:?*s
CustomResourceColumnDefinition name:s type:s format:?s description:?s priority:?i jsonPath:s
SelectableField jsonPath:s
CustomResourceConversion strategy:ConversionStrategyType=s webhook:?*97
WebhookConversion clientConfig:?*98 conversionReviewVersions:[s
WebhookClientConfig url:?*s service:?*99 caBundle:?B
ServiceReference namespace:s name:s path:?*s port:?*i
ConversionReview @ /v1beta1 request:?*101 response:?*102
ConversionRequest /v1beta1 uid:types.UID=s desiredAPIVersion:s objects:[R
ConversionResponse /v1beta1 uid:types.UID=s convertedObjects:[R result:78
CustomResourceDefinition @ /v1beta1 metadata:?1 spec:104 status:?-933
CustomResourceDefinitionSpec /v1beta1 group:s version:?s names:105 scope:ResourceScope=s validation:?*106 subresources:?*110 versions:?[113 additionalPrinterColumns:?[114 selectableFields:?[115 conversion:?*116 preserveUnknownFields:?*b
CustomResourceDefinitionNames /v1beta1 plural:s singular:?s shortNames:?[s kind:s listKind:?s categories:?[s
CustomResourceValidation /v1beta1 openAPIV3Schema:?*107
JSONSchemaProps /v1beta1 id:?s $schema:?JSONSchemaURL=s $ref:?*s description:?s type:?s format:?s title:?s default:?*JSON=R maximum:?*f exclusiveMaximum:?b minimum:?*f exclusiveMinimum:?b maxLength:?*l minLength:?*l pattern:?s maxItems:?*l minItems:?*l uniqueItems:?b multipleOf:?*f enum:?[JSON=R maxProperties:?*l minProperties:?*l required:?[s items:?*|a107 allOf:?[107 oneOf:?[107 anyOf:?[107 not:?*107 properties:?{107 additionalProperties:?*|b107 patternProperties:?{107 dependencies:?JSONSchemaDependencies={|t107 additionalItems:?*|b107 definitions:?JSONSchemaDefinitions={107 externalDocs:?*108 example:?*JSON=R nullable:?b x-kubernetes-preserve-unknown-fields:?*b x-kubernetes-embedded-resource:?b x-kubernetes-int-or-string:?b x-kubernetes-list-map-keys:?[s x-kubernetes-list-type:?*s x-kubernetes-map-type:?*s x-kubernetes-validations:?ValidationRules=[109
ExternalDocumentation /v1beta1 description:?s url:?s
ValidationRule /v1beta1 rule:s message:?s messageExpression:?s reason:?*FieldValueErrorReason=s fieldPath:?s optionalOldSelf:?*b
CustomResourceSubresources /v1beta1 status:?*111 scale:?*112
CustomResourceSubresourceStatus /v1beta1
CustomResourceSubresourceScale /v1beta1 specReplicasPath:s statusReplicasPath:s labelSelectorPath:?*s
CustomResourceDefinitionVersion /v1beta1 name:s served:b storage:b deprecated:?b deprecationWarning:?*s schema:?*106 subresources:?*110 additionalPrinterColumns:?[114 selectableFields:?[115
CustomResourceColumnDefinition /v1beta1 name:s type:s format:?s description:?s priority:?i JSONPath:s
SelectableField /v1beta1 jsonPath:s
CustomResourceConversion /v1beta1 strategy:ConversionStrategyType=s webhookClientConfig:?*117 conversionReviewVersions:?[s
WebhookClientConfig /v1beta1 url:?*s service:?*118 caBundle:?B
ServiceReference /v1beta1 namespace:s name:s path:?*s port:?*i
ControllerRevision @ metadata:?1 data:?R revision:l
DaemonSet @ metadata:?1 spec:?121 status:?-935
DaemonSetSpec selector:*7 template:122 updateStrategy:?227 minReadySeconds:?i revisionHistoryLimit:?*i
PodTemplateSpec metadata:?1 spec:?123
PodSpec volumes:?[124 initContainers:?[172 containers:[172 ephemeralContainers:?[204 restartPolicy:?RestartPolicy=s terminationGracePeriodSeconds:?*l activeDeadlineSeconds:?*l dnsPolicy:?DNSPolicy=s nodeSelector:?{s serviceAccountName:?s serviceAccount:?s automountServiceAccountToken:?*b nodeName:?s hostNetwork:?b hostPID:?b hostIPC:?b shareProcessNamespace:?*b securityContext:?*205 imagePullSecrets:?[134 hostname:?s subdomain:?s affinity:?*207 schedulerName:?s tolerations:?[217 hostAliases:?[218 priorityClassName:?s priority:?*i dnsConfig:?*219 readinessGates:?[221 runtimeClassName:?*s enableServiceLinks:?*b preemptionPolicy:?*PreemptionPolicy=s overhead:?ResourceList={Q topologySpreadConstraints:?[222 setHostnameAsFQDN:?*b os:?*223 hostUsers:?*b schedulingGates:?[224 resourceClaims:?[225 resources:?*182 hostnameOverride:?*s schedulingGroup:?*226
Volume name:s VolumeSource.hostPath:?*125 VolumeSource.emptyDir:?*126 VolumeSource.gcePersistentDisk:?*127 VolumeSource.awsElasticBlockStore:?*128 VolumeSource.gitRepo:?*129 VolumeSource.secret:?*130 VolumeSource.nfs:?*132 VolumeSource.iscsi:?*133 VolumeSource.glusterfs:?*135 VolumeSource.persistentVolumeClaim:?*136 VolumeSource.rbd:?*137 VolumeSource.flexVolume:?*138 VolumeSource.cinder:?*139 VolumeSource.cephfs:?*140 VolumeSource.flocker:?*141 VolumeSource.downwardAPI:?*142 VolumeSource.fc:?*146 VolumeSource.azureFile:?*147 VolumeSource.configMap:?*148 VolumeSource.vsphereVolume:?*149 VolumeSource.quobyte:?*150 VolumeSource.azureDisk:?*151 VolumeSource.photonPersistentDisk:?*152 VolumeSource.projected:?*153 VolumeSource.portworxVolume:?*161 VolumeSource.scaleIO:?*162 VolumeSource.storageos:?*163 VolumeSource.csi:?*164 VolumeSource.ephemeral:?*165 VolumeSource.image:?*171
HostPathVolumeSource path:s type:?*HostPathType=s
EmptyDirVolumeSource medium:?StorageMedium=s sizeLimit:?*Q
GCEPersistentDiskVolumeSource pdName:s fsType:?s partition:?i readOnly:?b
AWSElasticBlockStoreVolumeSource volumeID:s fsType:?s partition:?i readOnly:?b
GitRepoVolumeSource repository:s revision:?s directory:?s
SecretVolumeSource secretName:?s items:?[131 defaultMode:?*i optional:?*b
KeyToPath key:s path:s mode:?*i
NFSVolumeSource server:s path:s readOnly:?b
ISCSIVolumeSource targetPortal:s iqn:s lun:i iscsiInterface:?s fsType:?s readOnly:?b portals:?[s chapAuthDiscovery:?b chapAuthSession:?b secretRef:?*134 initiatorName:?*s
LocalObjectReference name:?s
GlusterfsVolumeSource endpoints:s path:s readOnly:?b
PersistentVolumeClaimVolumeSource claimName:s readOnly:?b
RBDVolumeSource monitors:[s image:s fsType:?s pool:?s user:?s keyring:?s secretRef:?*134 readOnly:?b
FlexVolumeSource driver:s fsType:?s secretRef:?*134 readOnly:?b options:?{s
CinderVolumeSource volumeID:s fsType:?s readOnly:?b secretRef:?*134
CephFSVolumeSource monitors:[s path:?s user:?s secretFile:?s secretRef:?*134 readOnly:?b
FlockerVolumeSource datasetName:?s datasetUUID:?s
DownwardAPIVolumeSource items:?[143 defaultMode:?*i
DownwardAPIVolumeFile path:s fieldRef:?*144 resourceFieldRef:?*145 mode:?*i
ObjectFieldSelector apiVersion:?s fieldPath:s
ResourceFieldSelector containerName:?s resource:s divisor:?Q
FCVolumeSource targetWWNs:?[s lun:?*i fsType:?s readOnly:?b wwids:?[s
AzureFileVolumeSource secretName:s shareName:s readOnly:?b
ConfigMapVolumeSource LocalObjectReference.name:?s items:?[131 defaultMode:?*i optional:?*b
VsphereVirtualDiskVolumeSource volumePath:s fsType:?s storagePolicyName:?s storagePolicyID:?s
QuobyteVolumeSource registry:s volume:s readOnly:?b user:?s group:?s tenant:?s
AzureDiskVolumeSource diskName:s diskURI:s cachingMode:?*AzureDataDiskCachingMode=s fsType:?*s readOnly:?*b kind:?*AzureDataDiskKind=s
PhotonPersistentDiskVolumeSource pdID:s fsType:?s
ProjectedVolumeSource sources:[154 defaultMode:?*i
VolumeProjection secret:?*155 downwardAPI:?*156 configMap:?*157 serviceAccountToken:?*158 clusterTrustBundle:?*159 podCertificate:?*160
SecretProjection LocalObjectReference.name:?s items:?[131 optional:?*b
DownwardAPIProjection items:?[143
ConfigMapProjection LocalObjectReference.name:?s items:?[131 optional:?*b
ServiceAccountTokenProjection audience:?s expirationSeconds:?*l path:s
ClusterTrustBundleProjection name:?*s signerName:?*s labelSelector:?*7 optional:?*b path:s
PodCertificateProjection signerName:?s keyType:?s maxExpirationSeconds:?*i credentialBundlePath:?s keyPath:?s certificateChainPath:?s userAnnotations:?{s
PortworxVolumeSource volumeID:s fsType:?s readOnly:?b
ScaleIOVolumeSource gateway:s system:s secretRef:*134 sslEnabled:?b protectionDomain:?s storagePool:?s storageMode:?s volumeName:?s fsType:?s readOnly:?b
StorageOSVolumeSource volumeName:?s volumeNamespace:?s fsType:?s readOnly:?b secretRef:?*134
CSIVolumeSource driver:s readOnly:?*b fsType:?*s volumeAttributes:?{s nodePublishSecretRef:?*134
EphemeralVolumeSource volumeClaimTemplate:?*166
PersistentVolumeClaimTemplate metadata:?1 spec:167
PersistentVolumeClaimSpec accessModes:?[PersistentVolumeAccessMode=s selector:?*7 resources:?168 volumeName:?s storageClassName:?*s volumeMode:?*PersistentVolumeMode=s dataSource:?*169 dataSourceRef:?*170 volumeAttributesClassName:?*s
VolumeResourceRequirements limits:?ResourceList={Q requests:?ResourceList={Q
TypedLocalObjectReference apiGroup:*s kind:s name:s
TypedObjectReference apiGroup:*s kind:s name:s namespace:?*s
ImageVolumeSource reference:?s pullPolicy:?PullPolicy=s
Container name:s image:?s command:?[s args:?[s workingDir:?s ports:?[173 envFrom:?[174 env:?[177 resources:?182 resizePolicy:?[184 restartPolicy:?*ContainerRestartPolicy=s restartPolicyRules:?[185 volumeMounts:?[187 volumeDevices:?[188 livenessProbe:?*189 readinessProbe:?*189 startupProbe:?*189 lifecycle:?*195 terminationMessagePath:?s terminationMessagePolicy:?TerminationMessagePolicy=s imagePullPolicy:?PullPolicy=s securityContext:?*198 stdin:?b stdinOnce:?b tty:?b
ContainerPort name:?s hostPort:?i containerPort:i protocol:?Protocol=s hostIP:?s
EnvFromSource prefix:?s configMapRef:?*175 secretRef:?*176
ConfigMapEnvSource LocalObjectReference.name:?s optional:?*b
SecretEnvSource LocalObjectReference.name:?s optional:?*b
EnvVar name:s value:?s valueFrom:?*178
EnvVarSource fieldRef:?*144 resourceFieldRef:?*145 configMapKeyRef:?*179 secretKeyRef:?*180 fileKeyRef:?*181
ConfigMapKeySelector LocalObjectReference.name:?s key:s optional:?*b
SecretKeySelector LocalObjectReference.name:?s key:s optional:?*b
FileKeySelector volumeName:s path:s key:s optional:?*b
ResourceRequirements limits:?ResourceList={Q requests:?ResourceList={Q claims:?[183
ResourceClaim name:s request:?s
ContainerResizePolicy resourceName:ResourceName=s restartPolicy:ResourceResizeRestartPolicy=s
ContainerRestartRule action:?ContainerRestartRuleAction=s exitCodes:?*186
ContainerRestartRuleOnExitCodes operator:?ContainerRestartRuleOnExitCodesOperator=s values:?[i
VolumeMount name:s readOnly:?b recursiveReadOnly:?*RecursiveReadOnlyMode=s mountPath:s subPath:?s mountPropagation:?*MountPropagationMode=s subPathExpr:?s
VolumeDevice name:s devicePath:s
Probe ProbeHandler.exec:?*190 ProbeHandler.httpGet:?*191 ProbeHandler.tcpSocket:?*193 ProbeHandler.grpc:?*194 initialDelaySeconds:?i timeoutSeconds:?i periodSeconds:?i successThreshold:?i failureThreshold:?i terminationGracePeriodSeconds:?*l
ExecAction command:?[s
HTTPGetAction path:?s port:I host:?s scheme:?URIScheme=s httpHeaders:?[192
HTTPHeader name:s value:s
TCPSocketAction port:I host:?s
GRPCAction port:i service:*s
Lifecycle postStart:?*196 preStop:?*196 stopSignal:?*Signal=s
LifecycleHandler exec:?*190 httpGet:?*191 tcpSocket:?*193 sleep:?*197
SleepAction seconds:l
SecurityContext capabilities:?*199 privileged:?*b seLinuxOptions:?*200 windowsOptions:?*201 runAsUser:?*l runAsGroup:?*l runAsNonRoot:?*b readOnlyRootFilesystem:?*b allowPrivilegeEscalation:?*b procMount:?*ProcMountType=s seccompProfile:?*202 appArmorProfile:?*203
Capabilities add:?[Capability=s drop:?[Capability=s
SELinuxOptions user:?s role:?s type:?s level:?s
WindowsSecurityContextOptions gmsaCredentialSpecName:?*s gmsaCredentialSpec:?*s runAsUserName:?*s hostProcess:?*b
SeccompProfile type:SeccompProfileType=s localhostProfile:?*s
AppArmorProfile type:AppArmorProfileType=s localhostProfile:?*s
EphemeralContainer EphemeralContainerCommon.name:s EphemeralContainerCommon.image:?s EphemeralContainerCommon.command:?[s EphemeralContainerCommon.args:?[s EphemeralContainerCommon.workingDir:?s EphemeralContainerCommon.ports:?[173 EphemeralContainerCommon.envFrom:?[174 EphemeralContainerCommon.env:?[177 EphemeralContainerCommon.resources:?182 EphemeralContainerCommon.resizePolicy:?[184 EphemeralContainerCommon.restartPolicy:?*ContainerRestartPolicy=s EphemeralContainerCommon.restartPolicyRules:?[185 EphemeralContainerCommon.volumeMounts:?[187 EphemeralContainerCommon.volumeDevices:?[188 EphemeralContainerCommon.livenessProbe:?*189 EphemeralContainerCommon.readinessProbe:?*189 EphemeralContainerCommon.startupProbe:?*189 EphemeralContainerCommon.lifecycle:?*195 EphemeralContainerCommon.terminationMessagePath:?s EphemeralContainerCommon.terminationMessagePolicy:?TerminationMessagePolicy=s EphemeralContainerCommon.imagePullPolicy:?PullPolicy=s EphemeralContainerCommon.securityContext:?*198 EphemeralContainerCommon.stdin:?b EphemeralContainerCommon.stdinOnce:?b EphemeralContainerCommon.tty:?b targetContainerName:?s
PodSecurityContext seLinuxOptions:?*200 windowsOptions:?*201 runAsUser:?*l runAsGroup:?*l runAsNonRoot:?*b supplementalGroups:?[l supplementalGroupsPolicy:?*SupplementalGroupsPolicy=s fsGroup:?*l sysctls:?[206 fsGroupChangePolicy:?*PodFSGroupChangePolicy=s seccompProfile:?*202 appArmorProfile:?*203 seLinuxChangePolicy:?*PodSELinuxChangePolicy=s
Sysctl name:s value:s
Affinity nodeAffinity:?*208 podAffinity:?*213 podAntiAffinity:?*216
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:?*209 preferredDuringSchedulingIgnoredDuringExecution:?[212
NodeSelector nodeSelectorTerms:[210
NodeSelectorTerm matchExpressions:?[211 matchFields:?[211
NodeSelectorRequirement key:s operator:NodeSelectorOperator=s values:?[s
PreferredSchedulingTerm weight:i preference:210
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:?[214 preferredDuringSchedulingIgnoredDuringExecution:?[215
PodAffinityTerm labelSelector:?*7 namespaces:?[s topologyKey:s namespaceSelector:?*7 matchLabelKeys:?[s mismatchLabelKeys:?[s
WeightedPodAffinityTerm weight:i podAffinityTerm:214
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:?[214 preferredDuringSchedulingIgnoredDuringExecution:?[215
Toleration key:?s operator:?TolerationOperator=s value:?s effect:?TaintEffect=s tolerationSeconds:?*l
HostAlias ip:s hostnames:?[s
PodDNSConfig nameservers:?[s searches:?[s options:?[220
PodDNSConfigOption name:?s value:?*s
PodReadinessGate conditionType:PodConditionType=s
TopologySpreadConstraint maxSkew:i topologyKey:s whenUnsatisfiable:UnsatisfiableConstraintAction=s labelSelector:?*7 minDomains:?*i nodeAffinityPolicy:?*NodeInclusionPolicy=s nodeTaintsPolicy:?*NodeInclusionPolicy=s matchLabelKeys:?[s
PodOS name:OSName=s
PodSchedulingGate name:s
PodResourceClaim name:s resourceClaimName:?*s resourceClaimTemplateName:?*s
PodSchedulingGroup podGroupName:?*s
DaemonSetUpdateStrategy type:?DaemonSetUpdateStrategyType=s rollingUpdate:?*228
RollingUpdateDaemonSet maxUnavailable:?*I maxSurge:?*I
Deployment @ metadata:?1 spec:?230 status:?-937
DeploymentSpec replicas:?*i selector:*7 template:122 strategy:?231 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b progressDeadlineSeconds:?*i
DeploymentStrategy type:?DeploymentStrategyType=s rollingUpdate:?*232
RollingUpdateDeployment maxUnavailable:?*I maxSurge:?*I
ReplicaSet @ metadata:?1 spec:?234 status:?-939
ReplicaSetSpec replicas:?*i minReadySeconds:?i selector:*7 template:?122
StatefulSet @ metadata:?1 spec:?236 status:?-941
StatefulSetSpec replicas:?*i selector:*7 template:122 volumeClaimTemplates:?[237 serviceName:s podManagementPolicy:?PodManagementPolicyType=s updateStrategy:?238 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*240 ordinals:?*241
PersistentVolumeClaim @ metadata:?1 spec:?167 status:?-1087
StatefulSetUpdateStrategy type:?StatefulSetUpdateStrategyType=s rollingUpdate:?*239
RollingUpdateStatefulSetStrategy partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:?PersistentVolumeClaimRetentionPolicyType=s whenScaled:?PersistentVolumeClaimRetentionPolicyType=s
StatefulSetOrdinals start:i
ControllerRevision @ /v1beta1 metadata:?1 data:?R revision:l
Deployment @ /v1beta1 metadata:?1 spec:?244 status:?-943
DeploymentSpec /v1beta1 replicas:?*i selector:?*7 template:122 strategy:?245 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b rollbackTo:?*247 progressDeadlineSeconds:?*i
DeploymentStrategy /v1beta1 type:?DeploymentStrategyType=s rollingUpdate:?*246
RollingUpdateDeployment /v1beta1 maxUnavailable:?*I maxSurge:?*I
RollbackConfig /v1beta1 revision:?l
DeploymentRollback @ /v1beta1 name:s updatedAnnotations:?{s rollbackTo:247
Scale @ /v1beta1 metadata:?1 spec:?250 status:?-945
ScaleSpec /v1beta1 replicas:?i
StatefulSet @ /v1beta1 metadata:?1 spec:?252 status:?-946
StatefulSetSpec /v1beta1 replicas:?*i selector:?*7 template:122 volumeClaimTemplates:?[237 serviceName:s podManagementPolicy:?PodManagementPolicyType=s updateStrategy:?253 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*255 ordinals:?*256
StatefulSetUpdateStrategy /v1beta1 type:?StatefulSetUpdateStrategyType=s rollingUpdate:?*254
RollingUpdateStatefulSetStrategy /v1beta1 partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy /v1beta1 whenDeleted:?PersistentVolumeClaimRetentionPolicyType=s whenScaled:?PersistentVolumeClaimRetentionPolicyType=s
StatefulSetOrdinals /v1beta1 start:i
ControllerRevision @ /v1beta2 metadata:?1 data:?R revision:l
DaemonSet @ /v1beta2 metadata:?1 spec:?259 status:?-948
DaemonSetSpec /v1beta2 selector:*7 template:122 updateStrategy:?260 minReadySeconds:?i revisionHistoryLimit:?*i
DaemonSetUpdateStrategy /v1beta2 type:?DaemonSetUpdateStrategyType=s rollingUpdate:?*261
RollingUpdateDaemonSet /v1beta2 maxUnavailable:?*I maxSurge:?*I
Deployment @ /v1beta2 metadata:?1 spec:?263 status:?-950
DeploymentSpec /v1beta2 replicas:?*i selector:*7 template:122 strategy:?264 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b progressDeadlineSeconds:?*i
DeploymentStrategy /v1beta2 type:?DeploymentStrategyType=s rollingUpdate:?*265
RollingUpdateDeployment /v1beta2 maxUnavailable:?*I maxSurge:?*I
ReplicaSet @ /v1beta2 metadata:?1 spec:?267 status:?-952
ReplicaSetSpec /v1beta2 replicas:?*i minReadySeconds:?i selector:*7 template:?122
Scale @ /v1beta2 metadata:?1 spec:?269 status:?-954
ScaleSpec /v1beta2 replicas:?i
StatefulSet @ /v1beta2 metadata:?1 spec:?271 status:?-955
StatefulSetSpec /v1beta2 replicas:?*i selector:*7 template:122 volumeClaimTemplates:?[237 serviceName:s podManagementPolicy:?PodManagementPolicyType=s updateStrategy:?272 revisionHistoryLimit:?*i minReadySeconds:?i persistentVolumeClaimRetentionPolicy:?*274 ordinals:?*275
StatefulSetUpdateStrategy /v1beta2 type:?StatefulSetUpdateStrategyType=s rollingUpdate:?*273
RollingUpdateStatefulSetStrategy /v1beta2 partition:?*i maxUnavailable:?*I
StatefulSetPersistentVolumeClaimRetentionPolicy /v1beta2 whenDeleted:?PersistentVolumeClaimRetentionPolicyType=s whenScaled:?PersistentVolumeClaimRetentionPolicyType=s
StatefulSetOrdinals /v1beta2 start:i
SelfSubjectReview @ metadata:?1 status:?-957
TokenRequest @ metadata:?1 spec:278 status:?-959
TokenRequestSpec audiences:[s expirationSeconds:*l boundObjectRef:*279
BoundObjectReference kind:?s apiVersion:?s name:?s uid:?types.UID=s
TokenReview @ metadata:?1 spec:281 status:?-960
TokenReviewSpec token:?s audiences:?[s
SelfSubjectReview @ /v1alpha1 metadata:?1 status:?-961
SelfSubjectReview @ /v1beta1 metadata:?1 status:?-962
TokenReview @ /v1beta1 metadata:?1 spec:285 status:?-963
TokenReviewSpec /v1beta1 token:?s audiences:?[s
LocalSubjectAccessReview @ metadata:?1 spec:287 status:?-965
SubjectAccessReviewSpec resourceAttributes:?*288 nonResourceAttributes:?*292 user:?s groups:?[s extra:?{ExtraValue=[s uid:?s
ResourceAttributes namespace:?s verb:?s group:?s version:?s resource:?s subresource:?s name:?s fieldSelector:?*289 labelSelector:?*291
FieldSelectorAttributes rawSelector:?s requirements:?[290
FieldSelectorRequirement key:s operator:FieldSelectorOperator=s values:?[s
LabelSelectorAttributes rawSelector:?s requirements:?[8
NonResourceAttributes path:?s verb:?s
SelfSubjectAccessReview @ metadata:?1 spec:294 status:?-965
SelfSubjectAccessReviewSpec resourceAttributes:?*288 nonResourceAttributes:?*292
SelfSubjectRulesReview @ metadata:?1 spec:296 status:?-966
SelfSubjectRulesReviewSpec namespace:?s
SubjectAccessReview @ metadata:?1 spec:287 status:?-965
LocalSubjectAccessReview @ /v1beta1 metadata:?1 spec:299 status:?-969
SubjectAccessReviewSpec /v1beta1 resourceAttributes:?*300 nonResourceAttributes:?*301 user:?s group:?[s extra:?{ExtraValue=[s uid:?s
ResourceAttributes /v1beta1 namespace:?s verb:?s group:?s version:?s resource:?s subresource:?s name:?s fieldSelector:?*289 labelSelector:?*291
NonResourceAttributes /v1beta1 path:?s verb:?s
SelfSubjectAccessReview @ /v1beta1 metadata:?1 spec:303 status:?-969
SelfSubjectAccessReviewSpec /v1beta1 resourceAttributes:?*300 nonResourceAttributes:?*301
SelfSubjectRulesReview @ /v1beta1 metadata:?1 spec:305 status:?-970
SelfSubjectRulesReviewSpec /v1beta1 namespace:?s
SubjectAccessReview @ /v1beta1 metadata:?1 spec:299 status:?-969
HorizontalPodAutoscaler @ metadata:?1 spec:?308 status:?-973
HorizontalPodAutoscalerSpec scaleTargetRef:309 minReplicas:?*i maxReplicas:i targetCPUUtilizationPercentage:?*i
CrossVersionObjectReference kind:s name:s apiVersion:?s
Scale @ metadata:?1 spec:?311 status:?-974
ScaleSpec replicas:?i
HorizontalPodAutoscaler @ /v2 metadata:?1 spec:?313 status:?-975
HorizontalPodAutoscalerSpec /v2 scaleTargetRef:314 minReplicas:?*i maxReplicas:i metrics:?[315 behavior:?*323
CrossVersionObjectReference /v2 kind:s name:s apiVersion:?s
MetricSpec /v2 type:MetricSourceType=s object:?*316 pods:?*319 resource:?*320 containerResource:?*321 external:?*322
ObjectMetricSource /v2 describedObject:314 target:317 metric:318
MetricTarget /v2 type:MetricTargetType=s value:?*Q averageValue:?*Q averageUtilization:?*i
MetricIdentifier /v2 name:s selector:?*7
PodsMetricSource /v2 metric:318 target:317
ResourceMetricSource /v2 name:v1.ResourceName=s target:317
ContainerResourceMetricSource /v2 name:v1.ResourceName=s target:317 container:s
ExternalMetricSource /v2 metric:318 target:317
HorizontalPodAutoscalerBehavior /v2 scaleUp:?*324 scaleDown:?*324
HPAScalingRules /v2 stabilizationWindowSeconds:?*i selectPolicy:?*ScalingPolicySelect=s policies:?[325 tolerance:?*Q
HPAScalingPolicy /v2 type:HPAScalingPolicyType=s value:i periodSeconds:i
CronJob @ metadata:?1 spec:?327 status:?-984
CronJobSpec schedule:s timeZone:?*s startingDeadlineSeconds:?*l concurrencyPolicy:?ConcurrencyPolicy=s suspend:?*b jobTemplate:328 successfulJobsHistoryLimit:?*i failedJobsHistoryLimit:?*i
JobTemplateSpec metadata:?1 spec:?329
JobSpec parallelism:?*i completions:?*i activeDeadlineSeconds:?*l podFailurePolicy:?*330 successPolicy:?*334 backoffLimit:?*i backoffLimitPerIndex:?*i maxFailedIndexes:?*i selector:?*7 manualSelector:?*b template:122 ttlSecondsAfterFinished:?*i completionMode:?*CompletionMode=s suspend:?*b podReplacementPolicy:?*PodReplacementPolicy=s managedBy:?*s
PodFailurePolicy rules:[331
PodFailurePolicyRule action:PodFailurePolicyAction=s onExitCodes:?*332 onPodConditions:?[333
PodFailurePolicyOnExitCodesRequirement containerName:?*s operator:PodFailurePolicyOnExitCodesOperator=s values:[i
PodFailurePolicyOnPodConditionsPattern type:PodConditionType=s status:ConditionStatus=s
SuccessPolicy rules:[335
SuccessPolicyRule succeededIndexes:?*s succeededCount:?*i
Job @ metadata:?1 spec:?329 status:?-985
CronJob @ /v1beta1 metadata:?1 spec:?338 status:?-988
CronJobSpec /v1beta1 schedule:s timeZone:?*s startingDeadlineSeconds:?*l concurrencyPolicy:?ConcurrencyPolicy=s suspend:?*b jobTemplate:339 successfulJobsHistoryLimit:?*i failedJobsHistoryLimit:?*i
JobTemplateSpec /v1beta1 metadata:?1 spec:?329
CertificateSigningRequest @ metadata:?1 spec:341 status:?-989
CertificateSigningRequestSpec request:B signerName:s expirationSeconds:?*i usages:?[KeyUsage=s username:?s uid:?s groups:?[s extra:?{ExtraValue=[s
ClusterTrustBundle @ /v1alpha1 metadata:?1 spec:343
ClusterTrustBundleSpec /v1alpha1 signerName:?s trustBundle:s
CertificateSigningRequest @ /v1beta1 metadata:?1 spec:345 status:?-991
CertificateSigningRequestSpec /v1beta1 request:B signerName:?*s expirationSeconds:?*i usages:?[KeyUsage=s username:?s uid:?s groups:?[s extra:?{ExtraValue=[s
ClusterTrustBundle @ /v1beta1 metadata:?1 spec:347
ClusterTrustBundleSpec /v1beta1 signerName:?s trustBundle:s
PodCertificateRequest @ /v1beta1 metadata:?1 spec:349 status:?-993
PodCertificateRequestSpec /v1beta1 signerName:s podName:s podUID:types.UID=s serviceAccountName:s serviceAccountUID:types.UID=s nodeName:types.NodeName=s nodeUID:types.UID=s maxExpirationSeconds:?*i pkixPublicKey:B proofOfPossession:B stubPKCS10Request:B unverifiedUserAnnotations:?{s
Lease @ metadata:?1 spec:?351
LeaseSpec holderIdentity:?*s leaseDurationSeconds:?*i acquireTime:?*M renewTime:?*M leaseTransitions:?*i strategy:?*CoordinatedLeaseStrategy=s preferredHolder:?*s
LeaseCandidate @ /v1alpha2 metadata:?1 spec:?353
LeaseCandidateSpec /v1alpha2 leaseName:s pingTime:?*M renewTime:?*M binaryVersion:s emulationVersion:?s strategy:?v1.CoordinatedLeaseStrategy=s
Lease @ /v1beta1 metadata:?1 spec:?355
LeaseSpec /v1beta1 holderIdentity:?*s leaseDurationSeconds:?*i acquireTime:?*M renewTime:?*M leaseTransitions:?*i strategy:?*v1.CoordinatedLeaseStrategy=s preferredHolder:?*s
LeaseCandidate @ /v1beta1 metadata:?1 spec:?357
LeaseCandidateSpec /v1beta1 leaseName:s pingTime:?*M renewTime:?*M binaryVersion:s emulationVersion:?s strategy:?v1.CoordinatedLeaseStrategy=s
EndpointSlice @ metadata:?1 addressType:AddressType=s endpoints:[359 ports:[365
Endpoint addresses:[s conditions:?360 hostname:?*s targetRef:?*361 deprecatedTopology:?{s nodeName:?*s zone:?*s hints:?*362
EndpointConditions ready:?*b serving:?*b terminating:?*b
ObjectReference kind:?s namespace:?s name:?s uid:?types.UID=s apiVersion:?s resourceVersion:?s fieldPath:?s
EndpointHints forZones:?[363 forNodes:?[364
ForZone name:s
ForNode name:s
EndpointPort name:?*s protocol:?*Protocol=s port:?*i appProtocol:?*s
EndpointSlice @ /v1beta1 metadata:?1 addressType:AddressType=s endpoints:[367 ports:[372
Endpoint /v1beta1 addresses:[s conditions:?368 hostname:?*s targetRef:?*361 topology:?{s nodeName:?*s hints:?*369
EndpointConditions /v1beta1 ready:?*b serving:?*b terminating:?*b
EndpointHints /v1beta1 forZones:?[370 forNodes:?[371
ForZone /v1beta1 name:s
ForNode /v1beta1 name:s
EndpointPort /v1beta1 name:?*s protocol:?*v1.Protocol=s port:?*i appProtocol:?*s
Event @ metadata:1 eventTime:M series:?*374 reportingController:?s reportingInstance:?s action:?s reason:?s regarding:?361 related:?*361 note:?s type:?s deprecatedSource:?375 deprecatedFirstTimestamp:?T deprecatedLastTimestamp:?T deprecatedCount:?i
EventSeries count:i lastObservedTime:M
EventSource component:?s host:?s
Event @ /v1beta1 metadata:1 eventTime:M series:?*377 reportingController:?s reportingInstance:?s action:?s reason:?s regarding:?361 related:?*361 note:?s type:?s deprecatedSource:?375 deprecatedFirstTimestamp:?T deprecatedLastTimestamp:?T deprecatedCount:?i
EventSeries /v1beta1 count:i lastObservedTime:M
DaemonSet @ /v1beta1 metadata:?1 spec:?379 status:?-994
DaemonSetSpec /v1beta1 selector:?*7 template:122 updateStrategy:?380 minReadySeconds:?i templateGeneration:?l revisionHistoryLimit:?*i
DaemonSetUpdateStrategy /v1beta1 type:?DaemonSetUpdateStrategyType=s rollingUpdate:?*381
RollingUpdateDaemonSet /v1beta1 maxUnavailable:?*I maxSurge:?*I
Deployment @ /v1beta1 metadata:?1 spec:?383 status:?-996
DeploymentSpec /v1beta1 replicas:?*i selector:?*7 template:122 strategy:?384 minReadySeconds:?i revisionHistoryLimit:?*i paused:?b rollbackTo:?*386 progressDeadlineSeconds:?*i
DeploymentStrategy /v1beta1 type:?DeploymentStrategyType=s rollingUpdate:?*385
RollingUpdateDeployment /v1beta1 maxUnavailable:?*I maxSurge:?*I
RollbackConfig /v1beta1 revision:?l
DeploymentRollback @ /v1beta1 name:s updatedAnnotations:?{s rollbackTo:386
Ingress @ /v1beta1 metadata:?1 spec:?389 status:?-998
IngressSpec /v1beta1 ingressClassName:?*s backend:?*390 tls:?[391 rules:?[392
IngressBackend /v1beta1 serviceName:?s servicePort:?I resource:?*169
IngressTLS /v1beta1 hosts:?[s secretName:?s
IngressRule /v1beta1 host:?s IngressRuleValue.http:?*393
HTTPIngressRuleValue /v1beta1 paths:[394
HTTPIngressPath /v1beta1 path:?s pathType:?*PathType=s backend:390
NetworkPolicy @ /v1beta1 metadata:?1 spec:?396
NetworkPolicySpec /v1beta1 podSelector:7 ingress:?[397 egress:?[401 policyTypes:?[PolicyType=s
NetworkPolicyIngressRule /v1beta1 ports:?[398 from:?[399
NetworkPolicyPort /v1beta1 protocol:?*v1.Protocol=s port:?*I endPort:?*i
NetworkPolicyPeer /v1beta1 podSelector:?*7 namespaceSelector:?*7 ipBlock:?*400
IPBlock /v1beta1 cidr:s except:?[s
NetworkPolicyEgressRule /v1beta1 ports:?[398 to:?[399
ReplicaSet @ /v1beta1 metadata:?1 spec:?403 status:?-1002
ReplicaSetSpec /v1beta1 replicas:?*i minReadySeconds:?i selector:?*7 template:?122
Scale @ /v1beta1 metadata:?1 spec:?405 status:?-1004
ScaleSpec /v1beta1 replicas:?i
FlowSchema @ metadata:?1 spec:?407 status:?-1005
FlowSchemaSpec priorityLevelConfiguration:408 matchingPrecedence:i distinguisherMethod:?*409 rules:?[410
PriorityLevelConfigurationReference name:s
FlowDistinguisherMethod type:FlowDistinguisherMethodType=s
PolicyRulesWithSubjects subjects:[411 resourceRules:?[415 nonResourceRules:?[416
Subject kind:SubjectKind=s user:?*412 group:?*413 serviceAccount:?*414
UserSubject name:s
GroupSubject name:s
ServiceAccountSubject namespace:s name:s
ResourcePolicyRule verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration @ metadata:?1 spec:?418 status:?-1007
PriorityLevelConfigurationSpec type:PriorityLevelEnablement=s limited:?*419 exempt:?*422
LimitedPriorityLevelConfiguration nominalConcurrencyShares:*i limitResponse:?420 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse type:LimitResponseType=s queuing:?*421
QueuingConfiguration queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema @ /v1beta1 metadata:?1 spec:?424 status:?-1009
FlowSchemaSpec /v1beta1 priorityLevelConfiguration:425 matchingPrecedence:i distinguisherMethod:?*426 rules:?[427
PriorityLevelConfigurationReference /v1beta1 name:s
FlowDistinguisherMethod /v1beta1 type:FlowDistinguisherMethodType=s
PolicyRulesWithSubjects /v1beta1 subjects:[428 resourceRules:?[432 nonResourceRules:?[433
Subject /v1beta1 kind:SubjectKind=s user:?*429 group:?*430 serviceAccount:?*431
UserSubject /v1beta1 name:s
GroupSubject /v1beta1 name:s
ServiceAccountSubject /v1beta1 namespace:s name:s
ResourcePolicyRule /v1beta1 verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule /v1beta1 verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration @ /v1beta1 metadata:?1 spec:?435 status:?-1011
PriorityLevelConfigurationSpec /v1beta1 type:PriorityLevelEnablement=s limited:?*436 exempt:?*439
LimitedPriorityLevelConfiguration /v1beta1 assuredConcurrencyShares:i limitResponse:?437 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse /v1beta1 type:LimitResponseType=s queuing:?*438
QueuingConfiguration /v1beta1 queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration /v1beta1 nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema @ /v1beta2 metadata:?1 spec:?441 status:?-1013
FlowSchemaSpec /v1beta2 priorityLevelConfiguration:442 matchingPrecedence:i distinguisherMethod:?*443 rules:?[444
PriorityLevelConfigurationReference /v1beta2 name:s
FlowDistinguisherMethod /v1beta2 type:FlowDistinguisherMethodType=s
PolicyRulesWithSubjects /v1beta2 subjects:[445 resourceRules:?[449 nonResourceRules:?[450
Subject /v1beta2 kind:SubjectKind=s user:?*446 group:?*447 serviceAccount:?*448
UserSubject /v1beta2 name:s
GroupSubject /v1beta2 name:s
ServiceAccountSubject /v1beta2 namespace:s name:s
ResourcePolicyRule /v1beta2 verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule /v1beta2 verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration @ /v1beta2 metadata:?1 spec:?452 status:?-1015
PriorityLevelConfigurationSpec /v1beta2 type:PriorityLevelEnablement=s limited:?*453 exempt:?*456
LimitedPriorityLevelConfiguration /v1beta2 assuredConcurrencyShares:i limitResponse:?454 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse /v1beta2 type:LimitResponseType=s queuing:?*455
QueuingConfiguration /v1beta2 queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration /v1beta2 nominalConcurrencyShares:?*i lendablePercent:?*i
FlowSchema @ /v1beta3 metadata:?1 spec:?458 status:?-1017
FlowSchemaSpec /v1beta3 priorityLevelConfiguration:459 matchingPrecedence:i distinguisherMethod:?*460 rules:?[461
PriorityLevelConfigurationReference /v1beta3 name:s
FlowDistinguisherMethod /v1beta3 type:FlowDistinguisherMethodType=s
PolicyRulesWithSubjects /v1beta3 subjects:[462 resourceRules:?[466 nonResourceRules:?[467
Subject /v1beta3 kind:SubjectKind=s user:?*463 group:?*464 serviceAccount:?*465
UserSubject /v1beta3 name:s
GroupSubject /v1beta3 name:s
ServiceAccountSubject /v1beta3 namespace:s name:s
ResourcePolicyRule /v1beta3 verbs:[s apiGroups:[s resources:[s clusterScope:?b namespaces:[s
NonResourcePolicyRule /v1beta3 verbs:[s nonResourceURLs:[s
PriorityLevelConfiguration @ /v1beta3 metadata:?1 spec:?469 status:?-1019
PriorityLevelConfigurationSpec /v1beta3 type:PriorityLevelEnablement=s limited:?*470 exempt:?*473
LimitedPriorityLevelConfiguration /v1beta3 nominalConcurrencyShares:i limitResponse:?471 lendablePercent:?*i borrowingLimitPercent:?*i
LimitResponse /v1beta3 type:LimitResponseType=s queuing:?*472
QueuingConfiguration /v1beta3 queues:i handSize:i queueLengthLimit:i
ExemptPriorityLevelConfiguration /v1beta3 nominalConcurrencyShares:?*i lendablePercent:?*i
StorageVersion @ /v1alpha1 metadata:?1 spec:475 status:-1021
StorageVersionSpec /v1alpha1
IPAddress @ metadata:?1 spec:?477
IPAddressSpec parentRef:?*478
ParentReference group:?s resource:?s namespace:?s name:?s
Ingress @ metadata:?1 spec:?480 status:?-1024
IngressSpec ingressClassName:?*s defaultBackend:?*481 tls:?[484 rules:?[485
IngressBackend service:?*482 resource:?*169
IngressServiceBackend name:s port:?483
ServiceBackendPort name:?s number:?i
IngressTLS hosts:?[s secretName:?s
IngressRule host:?s IngressRuleValue.http:?*486
HTTPIngressRuleValue paths:[487
HTTPIngressPath path:?s pathType:*PathType=s backend:481
IngressClass @ metadata:?1 spec:?489
IngressClassSpec controller:?s parameters:?*490
IngressClassParametersReference apiGroup:?*s kind:s name:s scope:*s namespace:?*s
NetworkPolicy @ metadata:?1 spec:?492
NetworkPolicySpec podSelector:7 ingress:?[493 egress:?[497 policyTypes:?[PolicyType=s
NetworkPolicyIngressRule ports:?[494 from:?[495
NetworkPolicyPort protocol:?*Protocol=s port:?*I endPort:?*i
NetworkPolicyPeer podSelector:?*7 namespaceSelector:?*7 ipBlock:?*496
IPBlock cidr:s except:?[s
NetworkPolicyEgressRule ports:?[494 to:?[495
ServiceCIDR @ metadata:?1 spec:?499 status:?-1028
ServiceCIDRSpec cidrs:?[s
IPAddress @ /v1beta1 metadata:?1 spec:?501
IPAddressSpec /v1beta1 parentRef:?*502
ParentReference /v1beta1 group:?s resource:?s namespace:?s name:?s
Ingress @ /v1beta1 metadata:?1 spec:?504 status:?-1029
IngressSpec /v1beta1 ingressClassName:?*s backend:?*505 tls:?[506 rules:?[507
IngressBackend /v1beta1 serviceName:?s servicePort:?I resource:?*169
IngressTLS /v1beta1 hosts:?[s secretName:?s
IngressRule /v1beta1 host:?s IngressRuleValue.http:?*508
HTTPIngressRuleValue /v1beta1 paths:[509
HTTPIngressPath /v1beta1 path:?s pathType:?*PathType=s backend:505
IngressClass @ /v1beta1 metadata:?1 spec:?511
IngressClassSpec /v1beta1 controller:?s parameters:?*512
IngressClassParametersReference /v1beta1 apiGroup:?*s kind:s name:s scope:*s namespace:?*s
ServiceCIDR @ /v1beta1 metadata:?1 spec:?514 status:?-1033
ServiceCIDRSpec /v1beta1 cidrs:?[s
RuntimeClass @ metadata:?1 handler:s overhead:?*516 scheduling:?*517
Overhead podFixed:?ResourceList={Q
Scheduling nodeSelector:?{s tolerations:?[217
RuntimeClass @ /v1alpha1 metadata:?1 spec:519
RuntimeClassSpec /v1alpha1 runtimeHandler:s overhead:?*520 scheduling:?*521
Overhead /v1alpha1 podFixed:?v1.ResourceList={Q
Scheduling /v1alpha1 nodeSelector:?{s tolerations:?[217
RuntimeClass @ /v1beta1 metadata:?1 handler:s overhead:?*523 scheduling:?*524
Overhead /v1beta1 podFixed:?v1.ResourceList={Q
Scheduling /v1beta1 nodeSelector:?{s tolerations:?[217
Eviction @ metadata:?1 deleteOptions:?*526
DeleteOptions @ gracePeriodSeconds:?*l preconditions:?*527 orphanDependents:?*b propagationPolicy:?*DeletionPropagation=s dryRun:?[s ignoreStoreReadErrorWithClusterBreakingPotential:?*b
Preconditions uid:?*types.UID=s resourceVersion:?*s
PodDisruptionBudget @ metadata:?1 spec:?529 status:?-1034
PodDisruptionBudgetSpec minAvailable:?*I selector:?*7 maxUnavailable:?*I unhealthyPodEvictionPolicy:?*UnhealthyPodEvictionPolicyType=s
Eviction @ /v1beta1 metadata:?1 deleteOptions:?*526
PodDisruptionBudget @ /v1beta1 metadata:?1 spec:?532 status:?-1035
PodDisruptionBudgetSpec /v1beta1 minAvailable:?*I selector:?*7 maxUnavailable:?*I unhealthyPodEvictionPolicy:?*UnhealthyPodEvictionPolicyType=s
ClusterRole @ metadata:?1 rules:[534 aggregationRule:?*535
PolicyRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule clusterRoleSelectors:?[7
ClusterRoleBinding @ metadata:?1 subjects:?[537 roleRef:538
Subject kind:s apiGroup:?s name:s namespace:?s
RoleRef apiGroup:s kind:s name:s
Role @ metadata:?1 rules:[534
RoleBinding @ metadata:?1 subjects:?[537 roleRef:538
ClusterRole @ /v1alpha1 metadata:?1 rules:[542 aggregationRule:?*543
PolicyRule /v1alpha1 verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule /v1alpha1 clusterRoleSelectors:?[7
ClusterRoleBinding @ /v1alpha1 metadata:?1 subjects:?[545 roleRef:546
Subject /v1alpha1 kind:s apiVersion:?s name:s namespace:?s
RoleRef /v1alpha1 apiGroup:s kind:s name:s
Role @ /v1alpha1 metadata:?1 rules:[542
RoleBinding @ /v1alpha1 metadata:?1 subjects:?[545 roleRef:546
ClusterRole @ /v1beta1 metadata:?1 rules:[550 aggregationRule:?*551
PolicyRule /v1beta1 verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s nonResourceURLs:?[s
AggregationRule /v1beta1 clusterRoleSelectors:?[7
ClusterRoleBinding @ /v1beta1 metadata:?1 subjects:?[553 roleRef:554
Subject /v1beta1 kind:s apiGroup:?s name:s namespace:?s
RoleRef /v1beta1 apiGroup:s kind:s name:s
Role @ /v1beta1 metadata:?1 rules:[550
RoleBinding @ /v1beta1 metadata:?1 subjects:?[553 roleRef:554
DeviceClass @ metadata:?1 spec:558
DeviceClassSpec selectors:?[559 config:?[561 extendedResourceName:?*s
DeviceSelector cel:?*560
CELDeviceSelector expression:s
DeviceClassConfiguration DeviceConfiguration.opaque:?*562
OpaqueDeviceConfiguration driver:s parameters:R
ResourceClaim @ metadata:?1 spec:564 status:?-1036
ResourceClaimSpec devices:565
DeviceClaim requests:[566 constraints:?[571 config:?[572
DeviceRequest name:s exactly:?*567 firstAvailable:?[570
ExactDeviceRequest deviceClassName:s selectors:?[559 allocationMode:?DeviceAllocationMode=s count:?l adminAccess:?*b tolerations:?[568 capacity:?*569
DeviceToleration key:?s operator:?DeviceTolerationOperator=s value:?s effect:?DeviceTaintEffect=s tolerationSeconds:?*l
CapacityRequirements requests:?map[v1.QualifiedName]resource.Quantity={Q
DeviceSubRequest name:s deviceClassName:s selectors:?[559 allocationMode:?DeviceAllocationMode=s count:?l tolerations:?[568 capacity:?*569
DeviceConstraint requests:?[s matchAttribute:?*FullyQualifiedName=s distinctAttribute:?*FullyQualifiedName=s
DeviceClaimConfiguration requests:?[s DeviceConfiguration.opaque:?*562
ResourceClaimTemplate @ metadata:?1 spec:574
ResourceClaimTemplateSpec metadata:?1 spec:564
ResourceSlice @ metadata:?1 spec:576
ResourceSliceSpec driver:s pool:577 nodeName:?*s nodeSelector:?*209 allNodes:?*b devices:?[578 perDeviceNodeSelection:?*b sharedCounters:?[587
ResourcePool name:s generation:l resourceSliceCount:l
Device name:s attributes:?map[v1.QualifiedName]v1.DeviceAttribute={579 capacity:?map[v1.QualifiedName]v1.DeviceCapacity={580 consumesCounters:?[583 nodeName:?*s nodeSelector:?*209 allNodes:?*b taints:?[585 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?map[v1.ResourceName]v1.NodeAllocatableResourceMapping={586
DeviceAttribute int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity value:Q requestPolicy:?*581
CapacityRequestPolicy default:*Q validValues:?[Q validRange:?*582
CapacityRequestPolicyRange min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption counterSet:s counters:?{584
Counter value:Q
DeviceTaint key:s value:?s effect:DeviceTaintEffect=s timeAdded:?*T
NodeAllocatableResourceMapping capacityKey:?*QualifiedName=s allocationMultiplier:?*Q
CounterSet name:s counters:?{584
DeviceTaintRule @ /v1alpha3 metadata:?1 spec:589 status:?-1044
DeviceTaintRuleSpec /v1alpha3 deviceSelector:?*590 taint:?591
DeviceTaintSelector /v1alpha3 driver:?*s pool:?*s device:?*s
DeviceTaint /v1alpha3 key:s value:?s effect:DeviceTaintEffect=s timeAdded:?*T
ResourcePoolStatusRequest @ /v1alpha3 metadata:?1 spec:593 status:?*594
ResourcePoolStatusRequestSpec /v1alpha3 driver:s poolName:?*s limit:?*i
ResourcePoolStatusRequestStatus /v1alpha3 poolCount:?*i pools:?[595 conditions:?[596
PoolStatus /v1alpha3 driver:?s poolName:?s generation:l resourceSliceCount:?*i totalDevices:?*i allocatedDevices:?*i availableDevices:?*i unavailableDevices:?*i nodeName:?*s validationError:?*s
Condition type:s status:ConditionStatus=s observedGeneration:?l lastTransitionTime:T reason:s message:s
DeviceClass @ /v1beta1 metadata:?1 spec:598
DeviceClassSpec /v1beta1 selectors:?[599 config:?[601 extendedResourceName:?*s
DeviceSelector /v1beta1 cel:?*600
CELDeviceSelector /v1beta1 expression:s
DeviceClassConfiguration /v1beta1 DeviceConfiguration.opaque:?*602
OpaqueDeviceConfiguration /v1beta1 driver:s parameters:R
ResourceClaim @ /v1beta1 metadata:?1 spec:604 status:?-1045
ResourceClaimSpec /v1beta1 devices:605
DeviceClaim /v1beta1 requests:[606 constraints:?[610 config:?[611
DeviceRequest /v1beta1 name:s deviceClassName:s selectors:?[599 allocationMode:?DeviceAllocationMode=s count:?l adminAccess:?*b firstAvailable:?[607 tolerations:?[608 capacity:?*609
DeviceSubRequest /v1beta1 name:s deviceClassName:s selectors:?[599 allocationMode:?DeviceAllocationMode=s count:?l tolerations:?[608 capacity:?*609
DeviceToleration /v1beta1 key:?s operator:?DeviceTolerationOperator=s value:?s effect:?DeviceTaintEffect=s tolerationSeconds:?*l
CapacityRequirements /v1beta1 requests:?map[v1beta1.QualifiedName]resource.Quantity={Q
DeviceConstraint /v1beta1 requests:?[s matchAttribute:?*FullyQualifiedName=s distinctAttribute:?*FullyQualifiedName=s
DeviceClaimConfiguration /v1beta1 requests:?[s DeviceConfiguration.opaque:?*602
ResourceClaimTemplate @ /v1beta1 metadata:?1 spec:613
ResourceClaimTemplateSpec /v1beta1 metadata:?1 spec:604
ResourceSlice @ /v1beta1 metadata:?1 spec:615
ResourceSliceSpec /v1beta1 driver:s pool:616 nodeName:?s nodeSelector:?*209 allNodes:?b devices:?[617 perDeviceNodeSelection:?*b sharedCounters:?[627
ResourcePool /v1beta1 name:s generation:l resourceSliceCount:l
Device /v1beta1 name:s basic:?*618
BasicDevice /v1beta1 attributes:?map[v1beta1.QualifiedName]v1beta1.DeviceAttribute={619 capacity:?map[v1beta1.QualifiedName]v1beta1.DeviceCapacity={620 consumesCounters:?[623 nodeName:?*s nodeSelector:?*209 allNodes:?*b taints:?[625 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?map[v1.ResourceName]v1beta1.NodeAllocatableResourceMapping={626
DeviceAttribute /v1beta1 int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity /v1beta1 value:Q requestPolicy:?*621
CapacityRequestPolicy /v1beta1 default:*Q validValues:?[Q validRange:?*622
CapacityRequestPolicyRange /v1beta1 min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption /v1beta1 counterSet:s counters:?{624
Counter /v1beta1 value:Q
DeviceTaint /v1beta1 key:s value:?s effect:DeviceTaintEffect=s timeAdded:?*T
NodeAllocatableResourceMapping /v1beta1 capacityKey:?*QualifiedName=s allocationMultiplier:?*Q
CounterSet /v1beta1 name:s counters:?{624
DeviceClass @ /v1beta2 metadata:?1 spec:629
DeviceClassSpec /v1beta2 selectors:?[630 config:?[632 extendedResourceName:?*s
DeviceSelector /v1beta2 cel:?*631
CELDeviceSelector /v1beta2 expression:s
DeviceClassConfiguration /v1beta2 DeviceConfiguration.opaque:?*633
OpaqueDeviceConfiguration /v1beta2 driver:s parameters:R
DeviceTaintRule @ /v1beta2 metadata:?1 spec:635 status:?-1053
DeviceTaintRuleSpec /v1beta2 deviceSelector:?*636 taint:?637
DeviceTaintSelector /v1beta2 driver:?*s pool:?*s device:?*s
DeviceTaint /v1beta2 key:s value:?s effect:DeviceTaintEffect=s timeAdded:?*T
ResourceClaim @ /v1beta2 metadata:?1 spec:639 status:?-1054
ResourceClaimSpec /v1beta2 devices:640
DeviceClaim /v1beta2 requests:[641 constraints:?[646 config:?[647
DeviceRequest /v1beta2 name:s exactly:?*642 firstAvailable:?[645
ExactDeviceRequest /v1beta2 deviceClassName:s selectors:?[630 allocationMode:?DeviceAllocationMode=s count:?l adminAccess:?*b tolerations:?[643 capacity:?*644
DeviceToleration /v1beta2 key:?s operator:?DeviceTolerationOperator=s value:?s effect:?DeviceTaintEffect=s tolerationSeconds:?*l
CapacityRequirements /v1beta2 requests:?map[v1beta2.QualifiedName]resource.Quantity={Q
DeviceSubRequest /v1beta2 name:s deviceClassName:s selectors:?[630 allocationMode:?DeviceAllocationMode=s count:?l tolerations:?[643 capacity:?*644
DeviceConstraint /v1beta2 requests:?[s matchAttribute:?*FullyQualifiedName=s distinctAttribute:?*FullyQualifiedName=s
DeviceClaimConfiguration /v1beta2 requests:?[s DeviceConfiguration.opaque:?*633
ResourceClaimTemplate @ /v1beta2 metadata:?1 spec:649
ResourceClaimTemplateSpec /v1beta2 metadata:?1 spec:639
ResourceSlice @ /v1beta2 metadata:?1 spec:651
ResourceSliceSpec /v1beta2 driver:s pool:652 nodeName:?*s nodeSelector:?*209 allNodes:?*b devices:?[653 perDeviceNodeSelection:?*b sharedCounters:?[661
ResourcePool /v1beta2 name:s generation:l resourceSliceCount:l
Device /v1beta2 name:s attributes:?map[v1beta2.QualifiedName]v1beta2.DeviceAttribute={654 capacity:?map[v1beta2.QualifiedName]v1beta2.DeviceCapacity={655 consumesCounters:?[658 nodeName:?*s nodeSelector:?*209 allNodes:?*b taints:?[637 bindsToNode:?*b bindingConditions:?[s bindingFailureConditions:?[s allowMultipleAllocations:?*b nodeAllocatableResourceMappings:?map[v1.ResourceName]v1beta2.NodeAllocatableResourceMapping={660
DeviceAttribute /v1beta2 int:?*l bool:?*b string:?*s version:?*s ints:?[l bools:?[b strings:?[s versions:?[s
DeviceCapacity /v1beta2 value:Q requestPolicy:?*656
CapacityRequestPolicy /v1beta2 default:*Q validValues:?[Q validRange:?*657
CapacityRequestPolicyRange /v1beta2 min:?*Q max:?*Q step:?*Q
DeviceCounterConsumption /v1beta2 counterSet:s counters:?{659
Counter /v1beta2 value:Q
NodeAllocatableResourceMapping /v1beta2 capacityKey:?*QualifiedName=s allocationMultiplier:?*Q
CounterSet /v1beta2 name:s counters:?{659
PriorityClass @ metadata:?1 value:i globalDefault:?b description:?s preemptionPolicy:?*PreemptionPolicy=s
PodGroup @ /v1alpha2 metadata:?1 spec:664 status:?-1062
PodGroupSpec /v1alpha2 podGroupTemplateRef:*665 schedulingPolicy:667 schedulingConstraints:?*670 resourceClaims:?[672 disruptionMode:?*DisruptionMode=s priorityClassName:?s priority:?*i
PodGroupTemplateReference /v1alpha2 workload:*666
WorkloadPodGroupTemplateReference /v1alpha2 workloadName:s podGroupTemplateName:s
PodGroupSchedulingPolicy /v1alpha2 basic:?*668 gang:?*669
BasicSchedulingPolicy /v1alpha2
GangSchedulingPolicy /v1alpha2 minCount:i
PodGroupSchedulingConstraints /v1alpha2 topology:?[671
TopologyConstraint /v1alpha2 key:s
PodGroupResourceClaim /v1alpha2 name:s resourceClaimName:?*s resourceClaimTemplateName:?*s
Workload @ /v1alpha2 metadata:?1 spec:674
WorkloadSpec /v1alpha2 controllerRef:?*675 podGroupTemplates:[676
TypedLocalObjectReference /v1alpha2 apiGroup:?s kind:s name:s
PodGroupTemplate /v1alpha2 name:s schedulingPolicy:667 schedulingConstraints:*670 resourceClaims:?[672 disruptionMode:?*DisruptionMode=s priorityClassName:?s priority:?*i
PriorityClass @ /v1beta1 metadata:?1 value:i globalDefault:?b description:?s preemptionPolicy:?*v1.PreemptionPolicy=s
CSIDriver @ metadata:?1 spec:679
CSIDriverSpec attachRequired:?*b podInfoOnMount:?*b volumeLifecycleModes:?[VolumeLifecycleMode=s storageCapacity:?*b fsGroupPolicy:?*FSGroupPolicy=s tokenRequests:?[680 requiresRepublish:?*b seLinuxMount:?*b nodeAllocatableUpdatePeriodSeconds:?*l serviceAccountTokenInSecrets:?*b preventPodSchedulingIfMissing:?*b
TokenRequest audience:s expirationSeconds:?*l
CSINode @ metadata:?1 spec:682
CSINodeSpec drivers:[683
CSINodeDriver name:s nodeID:s topologyKeys:[s allocatable:?*684
VolumeNodeResources count:?*i
CSIStorageCapacity @ metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
StorageClass @ metadata:?1 provisioner:s parameters:?{s reclaimPolicy:?*PersistentVolumeReclaimPolicy=s mountOptions:?[s allowVolumeExpansion:?*b volumeBindingMode:?*VolumeBindingMode=s allowedTopologies:?[687
TopologySelectorTerm matchLabelExpressions:?[688
TopologySelectorLabelRequirement key:s values:[s
VolumeAttachment @ metadata:?1 spec:690 status:?-1064
VolumeAttachmentSpec attacher:s source:691 nodeName:s
VolumeAttachmentSource persistentVolumeName:?*s inlineVolumeSpec:?*692
PersistentVolumeSpec capacity:?ResourceList={Q PersistentVolumeSource.gcePersistentDisk:?*127 PersistentVolumeSource.awsElasticBlockStore:?*128 PersistentVolumeSource.hostPath:?*125 PersistentVolumeSource.glusterfs:?*693 PersistentVolumeSource.nfs:?*132 PersistentVolumeSource.rbd:?*694 PersistentVolumeSource.iscsi:?*696 PersistentVolumeSource.cinder:?*697 PersistentVolumeSource.cephfs:?*698 PersistentVolumeSource.fc:?*146 PersistentVolumeSource.flocker:?*141 PersistentVolumeSource.flexVolume:?*699 PersistentVolumeSource.azureFile:?*700 PersistentVolumeSource.vsphereVolume:?*149 PersistentVolumeSource.quobyte:?*150 PersistentVolumeSource.azureDisk:?*151 PersistentVolumeSource.photonPersistentDisk:?*152 PersistentVolumeSource.portworxVolume:?*161 PersistentVolumeSource.scaleIO:?*701 PersistentVolumeSource.local:?*702 PersistentVolumeSource.storageos:?*703 PersistentVolumeSource.csi:?*704 accessModes:?[PersistentVolumeAccessMode=s claimRef:?*361 persistentVolumeReclaimPolicy:?PersistentVolumeReclaimPolicy=s storageClassName:?s mountOptions:?[s volumeMode:?*PersistentVolumeMode=s nodeAffinity:?*705 volumeAttributesClassName:?*s
GlusterfsPersistentVolumeSource endpoints:s path:s readOnly:?b endpointsNamespace:?*s
RBDPersistentVolumeSource monitors:[s image:s fsType:?s pool:?s user:?s keyring:?s secretRef:?*695 readOnly:?b
SecretReference name:?s namespace:?s
ISCSIPersistentVolumeSource targetPortal:s iqn:s lun:i iscsiInterface:?s fsType:?s readOnly:?b portals:?[s chapAuthDiscovery:?b chapAuthSession:?b secretRef:?*695 initiatorName:?*s
CinderPersistentVolumeSource volumeID:s fsType:?s readOnly:?b secretRef:?*695
CephFSPersistentVolumeSource monitors:[s path:?s user:?s secretFile:?s secretRef:?*695 readOnly:?b
FlexPersistentVolumeSource driver:s fsType:?s secretRef:?*695 readOnly:?b options:?{s
AzureFilePersistentVolumeSource secretName:s shareName:s readOnly:?b secretNamespace:*s
ScaleIOPersistentVolumeSource gateway:s system:s secretRef:*695 sslEnabled:?b protectionDomain:?s storagePool:?s storageMode:?s volumeName:?s fsType:?s readOnly:?b
LocalVolumeSource path:s fsType:?*s
StorageOSPersistentVolumeSource volumeName:?s volumeNamespace:?s fsType:?s readOnly:?b secretRef:?*361
CSIPersistentVolumeSource driver:s volumeHandle:s readOnly:?b fsType:?s volumeAttributes:?{s controllerPublishSecretRef:?*695 nodeStageSecretRef:?*695 nodePublishSecretRef:?*695 controllerExpandSecretRef:?*695 nodeExpandSecretRef:?*695
VolumeNodeAffinity required:?*209
VolumeAttributesClass @ metadata:?1 driverName:s parameters:?{s
CSIStorageCapacity @ /v1alpha1 metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
VolumeAttachment @ /v1alpha1 metadata:?1 spec:709 status:?-1066
VolumeAttachmentSpec /v1alpha1 attacher:s source:710 nodeName:s
VolumeAttachmentSource /v1alpha1 persistentVolumeName:?*s inlineVolumeSpec:?*692
VolumeAttributesClass @ /v1alpha1 metadata:?1 driverName:s parameters:?{s
CSIDriver @ /v1beta1 metadata:?1 spec:713
CSIDriverSpec /v1beta1 attachRequired:?*b podInfoOnMount:?*b volumeLifecycleModes:?[VolumeLifecycleMode=s storageCapacity:?*b fsGroupPolicy:?*FSGroupPolicy=s tokenRequests:?[714 requiresRepublish:?*b seLinuxMount:?*b nodeAllocatableUpdatePeriodSeconds:?*l serviceAccountTokenInSecrets:?*b preventPodSchedulingIfMissing:?*b
TokenRequest /v1beta1 audience:s expirationSeconds:?*l
CSINode @ /v1beta1 metadata:?1 spec:716
CSINodeSpec /v1beta1 drivers:[717
CSINodeDriver /v1beta1 name:s nodeID:s topologyKeys:[s allocatable:?*718
VolumeNodeResources /v1beta1 count:?*i
CSIStorageCapacity @ /v1beta1 metadata:?1 nodeTopology:?*7 storageClassName:s capacity:?*Q maximumVolumeSize:?*Q
StorageClass @ /v1beta1 metadata:?1 provisioner:s parameters:?{s reclaimPolicy:?*v1.PersistentVolumeReclaimPolicy=s mountOptions:?[s allowVolumeExpansion:?*b volumeBindingMode:?*VolumeBindingMode=s allowedTopologies:?[687
VolumeAttachment @ /v1beta1 metadata:?1 spec:722 status:?-1068
VolumeAttachmentSpec /v1beta1 attacher:s source:723 nodeName:s
VolumeAttachmentSource /v1beta1 persistentVolumeName:?*s inlineVolumeSpec:?*692
VolumeAttributesClass @ /v1beta1 metadata:?1 driverName:s parameters:?{s
StorageVersionMigration @ /v1beta1 metadata:?1 spec:?726 status:?-1070
StorageVersionMigrationSpec /v1beta1 resource:727
GroupResource group:s resource:s
APIGroup @ name:s versions:[729 preferredVersion:?729 serverAddressByClientCIDRs:?[730
GroupVersionForDiscovery groupVersion:s version:s
ServerAddressByClientCIDR clientCIDR:s serverAddress:s
APIVersions @ versions:[s serverAddressByClientCIDRs:[730
Binding @ metadata:?1 target:361
ComponentStatus @ metadata:?1 conditions:?[734
ComponentCondition type:ComponentConditionType=s status:ConditionStatus=s message:?s error:?s
ConfigMap @ metadata:?1 immutable:?*b data:?{s binaryData:?{B
Endpoints @ metadata:?1 subsets:?[737
EndpointSubset addresses:?[738 notReadyAddresses:?[738 ports:?[739
EndpointAddress ip:s hostname:?s nodeName:?*s targetRef:?*361
EndpointPort name:?s port:i protocol:?Protocol=s appProtocol:?*s
Event @ metadata:1 involvedObject:361 reason:?s message:?s source:?375 firstTimestamp:?T lastTimestamp:?T count:?i type:?s eventTime:?M series:?*741 action:?s related:?*361 reportingComponent:s reportingInstance:s
EventSeries count:?i lastObservedTime:?M
LimitRange @ metadata:?1 spec:?743
LimitRangeSpec limits:[744
LimitRangeItem type:LimitType=s max:?ResourceList={Q min:?ResourceList={Q default:?ResourceList={Q defaultRequest:?ResourceList={Q maxLimitRequestRatio:?ResourceList={Q
Namespace @ metadata:?1 spec:?746 status:?-1071
NamespaceSpec finalizers:?[FinalizerName=s
Node @ metadata:?1 spec:?748 status:?-1073
NodeSpec podCIDR:?s podCIDRs:?[s providerID:?s unschedulable:?b taints:?[749 configSource:?*750 externalID:?s
Taint key:s value:?s effect:TaintEffect=s timeAdded:?*T
NodeConfigSource configMap:?*751
ConfigMapNodeConfigSource namespace:s name:s uid:?types.UID=s resourceVersion:?s kubeletConfigKey:s
NodeProxyOptions @ path:?s
PersistentVolume @ metadata:?1 spec:?692 status:?-1086
Pod @ metadata:?1 spec:?123 status:?-1090
PodAttachOptions @ stdin:?b stdout:?b stderr:?b tty:?b container:?s
PodExecOptions @ stdin:?b stdout:?b stderr:?b tty:?b container:?s command:[s
PodLogOptions @ container:?s follow:?b previous:?b sinceSeconds:?*l sinceTime:?*T timestamps:?b tailLines:?*l limitBytes:?*l insecureSkipTLSVerifyBackend:?b stream:?*s
PodPortForwardOptions @ ports:?[i
PodProxyOptions @ path:?s
PodStatusResult @ metadata:?1 status:?-1090
PodTemplate @ metadata:?1 template:?122
RangeAllocation @ metadata:?1 range:s data:B
ReplicationController @ metadata:?1 spec:?764 status:?-1110
ReplicationControllerSpec replicas:?*i minReadySeconds:?i selector:?{s template:?*122
ResourceQuota @ metadata:?1 spec:?766 status:?-1112
ResourceQuotaSpec hard:?ResourceList={Q scopes:?[ResourceQuotaScope=s scopeSelector:?*767
ScopeSelector matchExpressions:?[768
ScopedResourceSelectorRequirement scopeName:ResourceQuotaScope=s operator:ScopeSelectorOperator=s values:?[s
Secret @ metadata:?1 immutable:?*b data:?{B stringData:?{s type:?SecretType=s
SerializedReference @ reference:?361
Service @ metadata:?1 spec:?772 status:?-1113
ServiceSpec ports:?[773 selector:?{s clusterIP:?s clusterIPs:?[s type:?ServiceType=s externalIPs:?[s sessionAffinity:?ServiceAffinity=s loadBalancerIP:?s loadBalancerSourceRanges:?[s externalName:?s externalTrafficPolicy:?ServiceExternalTrafficPolicy=s healthCheckNodePort:?i publishNotReadyAddresses:?b sessionAffinityConfig:?*774 ipFamilies:?[IPFamily=s ipFamilyPolicy:?*IPFamilyPolicy=s allocateLoadBalancerNodePorts:?*b loadBalancerClass:?*s internalTrafficPolicy:?*ServiceInternalTrafficPolicy=s trafficDistribution:?*s
ServicePort name:?s protocol:?Protocol=s appProtocol:?*s port:i targetPort:?I nodePort:?i
SessionAffinityConfig clientIP:?*775
ClientIPConfig timeoutSeconds:?*i
ServiceAccount @ metadata:?1 secrets:?[361 imagePullSecrets:?[134 automountServiceAccountToken:?*b
ServiceProxyOptions @ path:?s
MutatingAdmissionPolicyBindingList @ metadata:?79 items:[15
MutatingAdmissionPolicyList @ metadata:?79 items:[0
MutatingWebhookConfigurationList @ metadata:?79 items:[18
ValidatingAdmissionPolicyBindingList @ metadata:?79 items:[27
ValidatingAdmissionPolicyList @ metadata:?79 items:[23
ValidatingWebhookConfigurationList @ metadata:?79 items:[29
MutatingAdmissionPolicyBindingList @ /v1alpha1 metadata:?79 items:[41
MutatingAdmissionPolicyList @ /v1alpha1 metadata:?79 items:[31
ValidatingAdmissionPolicyBindingList @ /v1alpha1 metadata:?79 items:[48
ValidatingAdmissionPolicyList @ /v1alpha1 metadata:?79 items:[44
MutatingAdmissionPolicyBindingList @ /v1beta1 metadata:?79 items:[60
MutatingAdmissionPolicyList @ /v1beta1 metadata:?79 items:[50
MutatingWebhookConfigurationList @ /v1beta1 metadata:?79 items:[63
ValidatingAdmissionPolicyBindingList @ /v1beta1 metadata:?79 items:[71
ValidatingAdmissionPolicyList @ /v1beta1 metadata:?79 items:[67
ValidatingWebhookConfigurationList @ /v1beta1 metadata:?79 items:[73
CustomResourceDefinitionList @ metadata:?79 items:[83
CustomResourceDefinitionList @ /v1beta1 metadata:?79 items:[103
ControllerRevisionList @ metadata:?79 items:[119
DaemonSetList @ metadata:?79 items:[120
DeploymentList @ metadata:?79 items:[229
ReplicaSetList @ metadata:?79 items:[233
StatefulSetList @ metadata:?79 items:[235
ControllerRevisionList @ /v1beta1 metadata:?79 items:[242
DeploymentList @ /v1beta1 metadata:?79 items:[243
StatefulSetList @ /v1beta1 metadata:?79 items:[251
ControllerRevisionList @ /v1beta2 metadata:?79 items:[257
DaemonSetList @ /v1beta2 metadata:?79 items:[258
DeploymentList @ /v1beta2 metadata:?79 items:[262
ReplicaSetList @ /v1beta2 metadata:?79 items:[266
StatefulSetList @ /v1beta2 metadata:?79 items:[270
HorizontalPodAutoscalerList @ metadata:?79 items:[307
HorizontalPodAutoscalerList @ /v2 metadata:?79 items:[312
CronJobList @ metadata:?79 items:[326
JobList @ metadata:?79 items:[336
CronJobList @ /v1beta1 metadata:?79 items:[337
CertificateSigningRequestList @ metadata:?79 items:[340
ClusterTrustBundleList @ /v1alpha1 metadata:?79 items:[342
CertificateSigningRequestList @ /v1beta1 metadata:?79 items:[344
ClusterTrustBundleList @ /v1beta1 metadata:?79 items:[346
PodCertificateRequestList @ /v1beta1 metadata:?79 items:[348
LeaseList @ metadata:?79 items:[350
LeaseCandidateList @ /v1alpha2 metadata:?79 items:[352
LeaseCandidateList @ /v1beta1 metadata:?79 items:[356
LeaseList @ /v1beta1 metadata:?79 items:[354
EndpointSliceList @ metadata:?79 items:[358
EndpointSliceList @ /v1beta1 metadata:?79 items:[366
EventList @ metadata:?79 items:[373
EventList @ /v1beta1 metadata:?79 items:[376
DaemonSetList @ /v1beta1 metadata:?79 items:[378
DeploymentList @ /v1beta1 metadata:?79 items:[382
IngressList @ /v1beta1 metadata:?79 items:[388
NetworkPolicyList @ /v1beta1 metadata:?79 items:[395
ReplicaSetList @ /v1beta1 metadata:?79 items:[402
FlowSchemaList @ metadata:?79 items:[406
PriorityLevelConfigurationList @ metadata:?79 items:[417
FlowSchemaList @ /v1beta1 metadata:?79 items:[423
PriorityLevelConfigurationList @ /v1beta1 metadata:?79 items:[434
FlowSchemaList @ /v1beta2 metadata:?79 items:[440
PriorityLevelConfigurationList @ /v1beta2 metadata:?79 items:[451
FlowSchemaList @ /v1beta3 metadata:?79 items:[457
PriorityLevelConfigurationList @ /v1beta3 metadata:?79 items:[468
StorageVersionList @ /v1alpha1 metadata:?79 items:[474
IPAddressList @ metadata:?79 items:[476
IngressClassList @ metadata:?79 items:[488
IngressList @ metadata:?79 items:[479
NetworkPolicyList @ metadata:?79 items:[491
ServiceCIDRList @ metadata:?79 items:[498
IPAddressList @ /v1beta1 metadata:?79 items:[500
IngressClassList @ /v1beta1 metadata:?79 items:[510
IngressList @ /v1beta1 metadata:?79 items:[503
ServiceCIDRList @ /v1beta1 metadata:?79 items:[513
RuntimeClassList @ metadata:?79 items:[515
RuntimeClassList @ /v1alpha1 metadata:?79 items:[518
RuntimeClassList @ /v1beta1 metadata:?79 items:[522
PodDisruptionBudgetList @ metadata:?79 items:[528
PodDisruptionBudgetList @ /v1beta1 metadata:?79 items:[531
ClusterRoleBindingList @ metadata:?79 items:[536
ClusterRoleList @ metadata:?79 items:[533
RoleBindingList @ metadata:?79 items:[540
RoleList @ metadata:?79 items:[539
ClusterRoleBindingList @ /v1alpha1 metadata:?79 items:[544
ClusterRoleList @ /v1alpha1 metadata:?79 items:[541
RoleBindingList @ /v1alpha1 metadata:?79 items:[548
RoleList @ /v1alpha1 metadata:?79 items:[547
ClusterRoleBindingList @ /v1beta1 metadata:?79 items:[552
ClusterRoleList @ /v1beta1 metadata:?79 items:[549
RoleBindingList @ /v1beta1 metadata:?79 items:[556
RoleList @ /v1beta1 metadata:?79 items:[555
DeviceClassList @ metadata:?79 items:[557
ResourceClaimList @ metadata:?79 items:[563
ResourceClaimTemplateList @ metadata:?79 items:[573
ResourceSliceList @ metadata:?79 items:[575
DeviceTaintRuleList @ /v1alpha3 metadata:?79 items:[588
ResourcePoolStatusRequestList @ /v1alpha3 metadata:?79 items:[592
DeviceClassList @ /v1beta1 metadata:?79 items:[597
ResourceClaimList @ /v1beta1 metadata:?79 items:[603
ResourceClaimTemplateList @ /v1beta1 metadata:?79 items:[612
ResourceSliceList @ /v1beta1 metadata:?79 items:[614
DeviceClassList @ /v1beta2 metadata:?79 items:[628
DeviceTaintRuleList @ /v1beta2 metadata:?79 items:[634
ResourceClaimList @ /v1beta2 metadata:?79 items:[638
ResourceClaimTemplateList @ /v1beta2 metadata:?79 items:[648
ResourceSliceList @ /v1beta2 metadata:?79 items:[650
PriorityClassList @ metadata:?79 items:[662
PodGroupList @ /v1alpha2 metadata:?79 items:[663
WorkloadList @ /v1alpha2 metadata:?79 items:[673
PriorityClassList @ /v1beta1 metadata:?79 items:[677
CSIDriverList @ metadata:?79 items:[678
CSINodeList @ metadata:?79 items:[681
CSIStorageCapacityList @ metadata:?79 items:[685
StorageClassList @ metadata:?79 items:[686
VolumeAttachmentList @ metadata:?79 items:[689
VolumeAttributesClassList @ metadata:?79 items:[706
CSIStorageCapacityList @ /v1alpha1 metadata:?79 items:[707
VolumeAttachmentList @ /v1alpha1 metadata:?79 items:[708
VolumeAttributesClassList @ /v1alpha1 metadata:?79 items:[711
CSIDriverList @ /v1beta1 metadata:?79 items:[712
CSINodeList @ /v1beta1 metadata:?79 items:[715
CSIStorageCapacityList @ /v1beta1 metadata:?79 items:[719
StorageClassList @ /v1beta1 metadata:?79 items:[720
VolumeAttachmentList @ /v1beta1 metadata:?79 items:[721
VolumeAttributesClassList @ /v1beta1 metadata:?79 items:[724
StorageVersionMigrationList @ /v1beta1 metadata:?79 items:[725
APIGroupList @ groups:[728
APIResourceList @ groupVersion:s resources:[904
APIResource name:s singularName:s namespaced:b group:?s version:?s kind:s verbs:Verbs=[s shortNames:?[s categories:?[s storageVersionHash:?s
ComponentStatusList @ metadata:?79 items:[733
ConfigMapList @ metadata:?79 items:[735
EndpointsList @ metadata:?79 items:[736
EventList @ metadata:?79 items:[740
LimitRangeList @ metadata:?79 items:[742
List @ metadata:?79 items:[R
NamespaceList @ metadata:?79 items:[745
NodeList @ metadata:?79 items:[747
PersistentVolumeClaimList @ metadata:?79 items:[237
PersistentVolumeList @ metadata:?79 items:[753
PodList @ metadata:?79 items:[754
PodTemplateList @ metadata:?79 items:[761
ReplicationControllerList @ metadata:?79 items:[763
ResourceQuotaList @ metadata:?79 items:[765
SecretList @ metadata:?79 items:[769
ServiceAccountList @ metadata:?79 items:[776
ServiceList @ metadata:?79 items:[771
ValidatingAdmissionPolicyStatus observedGeneration:?l typeChecking:?*923 conditions:?[596
TypeChecking expressionWarnings:?[924
ExpressionWarning fieldRef:s warning:s
ValidatingAdmissionPolicyStatus /v1alpha1 observedGeneration:?l typeChecking:?*926 conditions:?[596
TypeChecking /v1alpha1 expressionWarnings:?[927
ExpressionWarning /v1alpha1 fieldRef:s warning:s
ValidatingAdmissionPolicyStatus /v1beta1 observedGeneration:?l typeChecking:?*929 conditions:?[596
TypeChecking /v1beta1 expressionWarnings:?[930
ExpressionWarning /v1beta1 fieldRef:s warning:s
CustomResourceDefinitionStatus conditions:[932 acceptedNames:85 storedVersions:[s observedGeneration:?l
CustomResourceDefinitionCondition type:CustomResourceDefinitionConditionType=s status:ConditionStatus=s lastTransitionTime:?T reason:?s message:?s observedGeneration:?l
CustomResourceDefinitionStatus /v1beta1 conditions:[934 acceptedNames:105 storedVersions:[s observedGeneration:?l
CustomResourceDefinitionCondition /v1beta1 type:CustomResourceDefinitionConditionType=s status:ConditionStatus=s lastTransitionTime:?T reason:?s message:?s observedGeneration:?l
DaemonSetStatus currentNumberScheduled:i numberMisscheduled:i desiredNumberScheduled:i numberReady:i observedGeneration:?l updatedNumberScheduled:?i numberAvailable:?i numberUnavailable:?i collisionCount:?*i conditions:?[936
DaemonSetCondition type:DaemonSetConditionType=s status:ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
DeploymentStatus observedGeneration:?l replicas:?i updatedReplicas:?i readyReplicas:?i availableReplicas:?i unavailableReplicas:?i terminatingReplicas:?*i conditions:?[938 collisionCount:?*i
DeploymentCondition type:DeploymentConditionType=s status:ConditionStatus=s lastUpdateTime:?T lastTransitionTime:?T reason:?s message:?s
ReplicaSetStatus replicas:i fullyLabeledReplicas:?i readyReplicas:?i availableReplicas:?i terminatingReplicas:?*i observedGeneration:?l conditions:?[940
ReplicaSetCondition type:ReplicaSetConditionType=s status:ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
StatefulSetStatus observedGeneration:?l replicas:i readyReplicas:?i currentReplicas:?i updatedReplicas:?i currentRevision:?s updateRevision:?s collisionCount:?*i conditions:?[942 availableReplicas:i
StatefulSetCondition type:StatefulSetConditionType=s status:ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
DeploymentStatus /v1beta1 observedGeneration:?l replicas:?i updatedReplicas:?i readyReplicas:?i availableReplicas:?i unavailableReplicas:?i terminatingReplicas:?*i conditions:?[944 collisionCount:?*i
DeploymentCondition /v1beta1 type:DeploymentConditionType=s status:v1.ConditionStatus=s lastUpdateTime:?T lastTransitionTime:?T reason:?s message:?s
ScaleStatus /v1beta1 replicas:i selector:?{s targetSelector:?s
StatefulSetStatus /v1beta1 observedGeneration:?*l replicas:i readyReplicas:?i currentReplicas:?i updatedReplicas:?i currentRevision:?s updateRevision:?s collisionCount:?*i conditions:?[947 availableReplicas:i
StatefulSetCondition /v1beta1 type:StatefulSetConditionType=s status:v1.ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
DaemonSetStatus /v1beta2 currentNumberScheduled:i numberMisscheduled:i desiredNumberScheduled:i numberReady:i observedGeneration:?l updatedNumberScheduled:?i numberAvailable:?i numberUnavailable:?i collisionCount:?*i conditions:?[949
DaemonSetCondition /v1beta2 type:DaemonSetConditionType=s status:v1.ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
DeploymentStatus /v1beta2 observedGeneration:?l replicas:?i updatedReplicas:?i readyReplicas:?i availableReplicas:?i unavailableReplicas:?i terminatingReplicas:?*i conditions:?[951 collisionCount:?*i
DeploymentCondition /v1beta2 type:DeploymentConditionType=s status:v1.ConditionStatus=s lastUpdateTime:?T lastTransitionTime:?T reason:?s message:?s
ReplicaSetStatus /v1beta2 replicas:i fullyLabeledReplicas:?i readyReplicas:?i availableReplicas:?i terminatingReplicas:?*i observedGeneration:?l conditions:?[953
ReplicaSetCondition /v1beta2 type:ReplicaSetConditionType=s status:v1.ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
ScaleStatus /v1beta2 replicas:i selector:?{s targetSelector:?s
StatefulSetStatus /v1beta2 observedGeneration:?l replicas:i readyReplicas:?i currentReplicas:?i updatedReplicas:?i currentRevision:?s updateRevision:?s collisionCount:?*i conditions:?[956 availableReplicas:i
StatefulSetCondition /v1beta2 type:StatefulSetConditionType=s status:v1.ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
SelfSubjectReviewStatus userInfo:?958
UserInfo username:?s uid:?s groups:?[s extra:?{ExtraValue=[s
TokenRequestStatus token:s expirationTimestamp:T
TokenReviewStatus authenticated:?b user:?958 audiences:?[s error:?s
SelfSubjectReviewStatus /v1alpha1 userInfo:?958
SelfSubjectReviewStatus /v1beta1 userInfo:?958
TokenReviewStatus /v1beta1 authenticated:?b user:?964 audiences:?[s error:?s
UserInfo /v1beta1 username:?s uid:?s groups:?[s extra:?{ExtraValue=[s
SubjectAccessReviewStatus allowed:b denied:?b reason:?s evaluationError:?s
SubjectRulesReviewStatus resourceRules:[967 nonResourceRules:[968 incomplete:b evaluationError:?s
ResourceRule verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s
NonResourceRule verbs:[s nonResourceURLs:?[s
SubjectAccessReviewStatus /v1beta1 allowed:b denied:?b reason:?s evaluationError:?s
SubjectRulesReviewStatus /v1beta1 resourceRules:[971 nonResourceRules:[972 incomplete:b evaluationError:?s
ResourceRule /v1beta1 verbs:[s apiGroups:?[s resources:?[s resourceNames:?[s
NonResourceRule /v1beta1 verbs:[s nonResourceURLs:?[s
HorizontalPodAutoscalerStatus observedGeneration:?*l lastScaleTime:?*T currentReplicas:i desiredReplicas:i currentCPUUtilizationPercentage:?*i
ScaleStatus replicas:i selector:?s
HorizontalPodAutoscalerStatus /v2 observedGeneration:?*l lastScaleTime:?*T currentReplicas:?i desiredReplicas:i currentMetrics:[976 conditions:?[983
MetricStatus /v2 type:MetricSourceType=s object:?*977 pods:?*979 resource:?*980 containerResource:?*981 external:?*982
ObjectMetricStatus /v2 metric:318 current:978 describedObject:314
MetricValueStatus /v2 value:?*Q averageValue:?*Q averageUtilization:?*i
PodsMetricStatus /v2 metric:318 current:978
ResourceMetricStatus /v2 name:v1.ResourceName=s current:978
ContainerResourceMetricStatus /v2 name:v1.ResourceName=s current:978 container:s
ExternalMetricStatus /v2 metric:318 current:978
HorizontalPodAutoscalerCondition /v2 type:HorizontalPodAutoscalerConditionType=s status:v1.ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
CronJobStatus active:?[361 lastScheduleTime:?*T lastSuccessfulTime:?*T
JobStatus conditions:?[986 startTime:?*T completionTime:?*T active:?i succeeded:?i failed:?i terminating:?*i completedIndexes:?s failedIndexes:?*s uncountedTerminatedPods:?*987 ready:?*i
JobCondition type:JobConditionType=s status:ConditionStatus=s lastProbeTime:?T lastTransitionTime:?T reason:?s message:?s
UncountedTerminatedPods succeeded:?[types.UID=s failed:?[types.UID=s
CronJobStatus /v1beta1 active:?[361 lastScheduleTime:?*T lastSuccessfulTime:?*T
CertificateSigningRequestStatus conditions:?[990 certificate:?B
CertificateSigningRequestCondition type:RequestConditionType=s status:ConditionStatus=s reason:?s message:?s lastUpdateTime:?T lastTransitionTime:?T
CertificateSigningRequestStatus /v1beta1 conditions:?[992 certificate:?B
CertificateSigningRequestCondition /v1beta1 type:RequestConditionType=s status:v1.ConditionStatus=s reason:?s message:?s lastUpdateTime:?T lastTransitionTime:?T
PodCertificateRequestStatus /v1beta1 conditions:?[596 certificateChain:?s notBefore:?*T beginRefreshAt:?*T notAfter:?*T
DaemonSetStatus /v1beta1 currentNumberScheduled:i numberMisscheduled:i desiredNumberScheduled:i numberReady:i observedGeneration:?l updatedNumberScheduled:?i numberAvailable:?i numberUnavailable:?i collisionCount:?*i conditions:?[995
DaemonSetCondition /v1beta1 type:DaemonSetConditionType=s status:v1.ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
DeploymentStatus /v1beta1 observedGeneration:?l replicas:?i updatedReplicas:?i readyReplicas:?i availableReplicas:?i unavailableReplicas:?i terminatingReplicas:?*i conditions:?[997 collisionCount:?*i
DeploymentCondition /v1beta1 type:DeploymentConditionType=s status:v1.ConditionStatus=s lastUpdateTime:?T lastTransitionTime:?T reason:?s message:?s
IngressStatus /v1beta1 loadBalancer:?999
IngressLoadBalancerStatus /v1beta1 ingress:?[1000
IngressLoadBalancerIngress /v1beta1 ip:?s hostname:?s ports:?[1001
IngressPortStatus /v1beta1 port:i protocol:v1.Protocol=s error:?*s
ReplicaSetStatus /v1beta1 replicas:i fullyLabeledReplicas:?i readyReplicas:?i availableReplicas:?i terminatingReplicas:?*i observedGeneration:?l conditions:?[1003
ReplicaSetCondition /v1beta1 type:ReplicaSetConditionType=s status:v1.ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
ScaleStatus /v1beta1 replicas:i selector:?{s targetSelector:?s
FlowSchemaStatus conditions:?[1006
FlowSchemaCondition type:?FlowSchemaConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
PriorityLevelConfigurationStatus conditions:?[1008
PriorityLevelConfigurationCondition type:?PriorityLevelConfigurationConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
FlowSchemaStatus /v1beta1 conditions:?[1010
FlowSchemaCondition /v1beta1 type:?FlowSchemaConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
PriorityLevelConfigurationStatus /v1beta1 conditions:?[1012
PriorityLevelConfigurationCondition /v1beta1 type:?PriorityLevelConfigurationConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
FlowSchemaStatus /v1beta2 conditions:?[1014
FlowSchemaCondition /v1beta2 type:?FlowSchemaConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
PriorityLevelConfigurationStatus /v1beta2 conditions:?[1016
PriorityLevelConfigurationCondition /v1beta2 type:?PriorityLevelConfigurationConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
FlowSchemaStatus /v1beta3 conditions:?[1018
FlowSchemaCondition /v1beta3 type:?FlowSchemaConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
PriorityLevelConfigurationStatus /v1beta3 conditions:?[1020
PriorityLevelConfigurationCondition /v1beta3 type:?PriorityLevelConfigurationConditionType=s status:?ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
StorageVersionStatus /v1alpha1 storageVersions:?[1022 commonEncodingVersion:?*s conditions:?[1023
ServerStorageVersion /v1alpha1 apiServerID:?s encodingVersion:?s decodableVersions:?[s servedVersions:?[s
StorageVersionCondition /v1alpha1 type:StorageVersionConditionType=s status:ConditionStatus=s observedGeneration:?l lastTransitionTime:?T reason:s message:?s
IngressStatus loadBalancer:?1025
IngressLoadBalancerStatus ingress:?[1026
IngressLoadBalancerIngress ip:?s hostname:?s ports:?[1027
IngressPortStatus port:i protocol:Protocol=s error:?*s
ServiceCIDRStatus conditions:?[596
IngressStatus /v1beta1 loadBalancer:?1030
IngressLoadBalancerStatus /v1beta1 ingress:?[1031
IngressLoadBalancerIngress /v1beta1 ip:?s hostname:?s ports:?[1032
IngressPortStatus /v1beta1 port:i protocol:v1.Protocol=s error:?*s
ServiceCIDRStatus /v1beta1 conditions:?[596
PodDisruptionBudgetStatus observedGeneration:?l disruptedPods:?{T disruptionsAllowed:i currentHealthy:i desiredHealthy:i expectedPods:i conditions:?[596
PodDisruptionBudgetStatus /v1beta1 observedGeneration:?l disruptedPods:?{T disruptionsAllowed:i currentHealthy:i desiredHealthy:i expectedPods:i conditions:?[596
ResourceClaimStatus allocation:?*1037 reservedFor:?[1041 devices:?[1042
AllocationResult devices:?1038 nodeSelector:?*209 allocationTimestamp:?*T
DeviceAllocationResult results:?[1039 config:?[1040
DeviceRequestAllocationResult request:s driver:s pool:s device:s adminAccess:?*b tolerations:?[568 bindingConditions:?[s bindingFailureConditions:?[s shareID:?*types.UID=s consumedCapacity:?map[v1.QualifiedName]resource.Quantity={Q
DeviceAllocationConfiguration source:AllocationConfigSource=s requests:?[s DeviceConfiguration.opaque:?*562
ResourceClaimConsumerReference apiGroup:?s resource:s name:s uid:types.UID=s
AllocatedDeviceStatus driver:s pool:s device:s shareID:?*s conditions:[596 data:?*R networkData:?*1043
NetworkDeviceData interfaceName:?s ips:?[s hardwareAddress:?s
DeviceTaintRuleStatus /v1alpha3 conditions:?[596
ResourceClaimStatus /v1beta1 allocation:?*1046 reservedFor:?[1050 devices:?[1051
AllocationResult /v1beta1 devices:?1047 nodeSelector:?*209 allocationTimestamp:?*T
DeviceAllocationResult /v1beta1 results:?[1048 config:?[1049
DeviceRequestAllocationResult /v1beta1 request:s driver:s pool:s device:s adminAccess:?*b tolerations:?[608 bindingConditions:?[s bindingFailureConditions:?[s shareID:?*types.UID=s consumedCapacity:?map[v1beta1.QualifiedName]resource.Quantity={Q
DeviceAllocationConfiguration /v1beta1 source:AllocationConfigSource=s requests:?[s DeviceConfiguration.opaque:?*602
ResourceClaimConsumerReference /v1beta1 apiGroup:?s resource:s name:s uid:types.UID=s
AllocatedDeviceStatus /v1beta1 driver:s pool:s device:s shareID:?*s conditions:[596 data:?*R networkData:?*1052
NetworkDeviceData /v1beta1 interfaceName:?s ips:?[s hardwareAddress:?s
DeviceTaintRuleStatus /v1beta2 conditions:?[596
ResourceClaimStatus /v1beta2 allocation:?*1055 reservedFor:?[1059 devices:?[1060
AllocationResult /v1beta2 devices:?1056 nodeSelector:?*209 allocationTimestamp:?*T
DeviceAllocationResult /v1beta2 results:?[1057 config:?[1058
DeviceRequestAllocationResult /v1beta2 request:s driver:s pool:s device:s adminAccess:?*b tolerations:?[643 bindingConditions:?[s bindingFailureConditions:?[s shareID:?*types.UID=s consumedCapacity:?map[v1beta2.QualifiedName]resource.Quantity={Q
DeviceAllocationConfiguration /v1beta2 source:AllocationConfigSource=s requests:?[s DeviceConfiguration.opaque:?*633
ResourceClaimConsumerReference /v1beta2 apiGroup:?s resource:s name:s uid:types.UID=s
AllocatedDeviceStatus /v1beta2 driver:s pool:s device:s shareID:?*s conditions:[596 data:?*R networkData:?*1061
NetworkDeviceData /v1beta2 interfaceName:?s ips:?[s hardwareAddress:?s
PodGroupStatus /v1alpha2 conditions:?[596 resourceClaimStatuses:?[1063
PodGroupResourceClaimStatus /v1alpha2 name:s resourceClaimName:?*s
VolumeAttachmentStatus attached:b attachmentMetadata:?{s attachError:?*1065 detachError:?*1065
VolumeError time:?T message:?s errorCode:?*i
VolumeAttachmentStatus /v1alpha1 attached:b attachmentMetadata:?{s attachError:?*1067 detachError:?*1067
VolumeError /v1alpha1 time:?T message:?s errorCode:?*i
VolumeAttachmentStatus /v1beta1 attached:b attachmentMetadata:?{s attachError:?*1069 detachError:?*1069
VolumeError /v1beta1 time:?T message:?s errorCode:?*i
StorageVersionMigrationStatus /v1beta1 conditions:?[596 resourceVersion:?s
NamespaceStatus phase:?NamespacePhase=s conditions:?[1072
NamespaceCondition type:NamespaceConditionType=s status:ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
NodeStatus capacity:?ResourceList={Q allocatable:?ResourceList={Q phase:?NodePhase=s conditions:?[1074 addresses:?[1075 daemonEndpoints:?1076 nodeInfo:?1078 images:?[1080 volumesInUse:?[UniqueVolumeName=s volumesAttached:?[1081 config:?*1082 runtimeHandlers:?[1083 features:?*1085 declaredFeatures:?[s
NodeCondition type:NodeConditionType=s status:ConditionStatus=s lastHeartbeatTime:?T lastTransitionTime:?T reason:?s message:?s
NodeAddress type:NodeAddressType=s address:s
NodeDaemonEndpoints kubeletEndpoint:?1077
DaemonEndpoint Port:i
NodeSystemInfo machineID:s systemUUID:s bootID:s kernelVersion:s osImage:s containerRuntimeVersion:s kubeletVersion:s kubeProxyVersion:s operatingSystem:s architecture:s swap:?*1079
NodeSwapStatus capacity:?*l
ContainerImage names:[s sizeBytes:?l
AttachedVolume name:UniqueVolumeName=s devicePath:s
NodeConfigStatus assigned:?*750 active:?*750 lastKnownGood:?*750 error:?s
NodeRuntimeHandler name:s features:?*1084
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:?*b userNamespaces:?*b
NodeFeatures supplementalGroupsPolicy:?*b
PersistentVolumeStatus phase:?PersistentVolumePhase=s message:?s reason:?s lastPhaseTransitionTime:?*T
PersistentVolumeClaimStatus phase:?PersistentVolumeClaimPhase=s accessModes:?[PersistentVolumeAccessMode=s capacity:?ResourceList={Q conditions:?[1088 allocatedResources:?ResourceList={Q allocatedResourceStatuses:?map[v1.ResourceName]v1.ClaimResourceStatus={ClaimResourceStatus=s currentVolumeAttributesClassName:?*s modifyVolumeStatus:?*1089
PersistentVolumeClaimCondition type:PersistentVolumeClaimConditionType=s status:ConditionStatus=s lastProbeTime:?T lastTransitionTime:?T reason:?s message:?s
ModifyVolumeStatus targetVolumeAttributesClassName:?s status:PersistentVolumeClaimModifyVolumeStatus=s
PodStatus observedGeneration:?l phase:?PodPhase=s conditions:?[1091 message:?s reason:?s nominatedNodeName:?s hostIP:?s hostIPs:?[1092 podIP:?s podIPs:?[1093 startTime:?*T initContainerStatuses:?[1094 containerStatuses:?[1094 qosClass:?PodQOSClass=s ephemeralContainerStatuses:?[1094 resize:?PodResizeStatus=s resourceClaimStatuses:?[1106 extendedResourceClaimStatus:?*1107 allocatedResources:?ResourceList={Q resources:?*182 nodeAllocatableResourceClaimStatuses:?[1109
PodCondition type:PodConditionType=s observedGeneration:?l status:ConditionStatus=s lastProbeTime:?T lastTransitionTime:?T reason:?s message:?s
HostIP ip:s
PodIP ip:s
ContainerStatus name:s state:?1095 lastState:?1095 ready:b restartCount:i image:s imageID:s containerID:?s started:?*b allocatedResources:?ResourceList={Q resources:?*182 volumeMounts:?[1099 user:?*1102 allocatedResourcesStatus:?[1104 stopSignal:?*Signal=s
ContainerState waiting:?*1096 running:?*1097 terminated:?*1098
ContainerStateWaiting reason:?s message:?s
ContainerStateRunning startedAt:?T
ContainerStateTerminated exitCode:i signal:?i reason:?s message:?s startedAt:?T finishedAt:?T containerID:?s
VolumeMountStatus name:s mountPath:s readOnly:?b recursiveReadOnly:?*RecursiveReadOnlyMode=s volumeStatus:?*1100
VolumeStatus image:?*1101
ImageVolumeStatus imageRef:?s
ContainerUser linux:?*1103
LinuxContainerUser uid:l gid:l supplementalGroups:?[l
ResourceStatus name:ResourceName=s resources:?[1105
ResourceHealth resourceID:ResourceID=s health:?ResourceHealthStatus=s message:?*s
PodResourceClaimStatus name:s resourceClaimName:?*s
PodExtendedResourceClaimStatus requestMappings:[1108 resourceClaimName:s
ContainerExtendedResourceRequest containerName:s resourceName:s requestName:s
NodeAllocatableResourceClaimStatus resourceClaimName:s containers:?[s resources:map[v1.ResourceName]resource.Quantity={Q
ReplicationControllerStatus replicas:i fullyLabeledReplicas:?i readyReplicas:?i availableReplicas:?i observedGeneration:?l conditions:?[1111
ReplicationControllerCondition type:ReplicationControllerConditionType=s status:ConditionStatus=s lastTransitionTime:?T reason:?s message:?s
ResourceQuotaStatus hard:?ResourceList={Q used:?ResourceList={Q
ServiceStatus loadBalancer:?1114 conditions:?[596
LoadBalancerStatus ingress:?[1115
LoadBalancerIngress ip:?s hostname:?s ipMode:?*LoadBalancerIPMode=s ports:?[1116
PortStatus port:i protocol:Protocol=s error:?*s`;
