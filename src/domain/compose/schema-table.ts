// What a Compose file may hold (Compose specification): names, types, choices. One type a line, lines that start with a
// blank belong to the one above. s text, n number, i whole number, b bool, z null, a[...] list (`!`: without doubles),
// o{...} mapping (`key!`: must be there), `=` choices, `~` a form that is checked apart, `..` a range, @ another type,
// (x|y) one of these. In a mapping <name>, <word> and <any> stand for keys of that form, <x> allows keys that begin with
// `x-`, <open> any other key.

export const composeTypes = `
project o{version:s name:s include:a[@include] services:o{<name>:@service} models:o{<name>:@model <open>}
 networks:o{<name>:@network <open>} volumes:o{<name>:@volume} secrets:o{<name>:@secret} configs:o{<name>:@config}
 <x>}
service o{develop:@development deploy:@deployment annotations:@list_or_dict attach:bs build:(s|o{context:s
 dockerfile:s dockerfile_inline:s entitlements:a[s] args:@list_or_dict ssh:@list_or_dict labels:@list_or_dict
 cache_from:a[s] cache_to:a[s] no_cache:bs no_cache_filter:@string_or_list additional_contexts:@list_or_dict
 network:s provenance:sb sbom:sb pull:bs target:s shm_size:is extra_hosts:@extra_hosts isolation:s privileged:bs
 secrets:@service_config_or_secret tags:a[s] ulimits:@ulimits platforms:a[s] <x>})
 blkio_config:o{device_read_bps:a[@blkio_limit] device_read_iops:a[@blkio_limit] device_write_bps:a[@blkio_limit]
 device_write_iops:a[@blkio_limit] weight:is weight_device:a[@blkio_weight]} cap_add:a[s]! cap_drop:a[s]!
 cgroup:s=host,private cgroup_parent:s command:@command configs:@service_config_or_secret container_name:s~
 cpu_count:(s|i0..) cpu_percent:(s|i0..100) cpu_shares:ns cpu_quota:ns cpu_period:ns cpu_rt_period:ns
 cpu_rt_runtime:ns cpus:ns cpuset:s credential_spec:o{config:s file:s registry:s <x>}
 depends_on:(@list_of_strings|o{<name>:o{restart:bs required:b
 condition!:s=service_started,service_healthy,service_completed_successfully <x>}})
 device_cgroup_rules:@list_of_strings devices:a[(s|o{source!:s target:s permissions:s <x>})] dns:@string_or_list
 dns_opt:a[s]! dns_search:@string_or_list domainname:s entrypoint:@command env_file:@env_file label_file:@label_file
 environment:@list_or_dict expose:a[sn]! extends:(s|o{service!:s file:s}) provider:o{type!:s
 options:o{<any>:(snb|a[snb]) <open>} <x>} external_links:a[s]! extra_hosts:@extra_hosts gpus:@gpus group_add:a[sn]!
 healthcheck:@healthcheck hostname:s image:s init:bs ipc:s isolation:s labels:@list_or_dict links:a[s]!
 logging:o{driver:s options:o{<any>:snz <open>} <x>} mac_address:s mem_limit:ns mem_reservation:si mem_swappiness:is
 memswap_limit:ns network_mode:s models:(@list_of_strings|o{<name>:(o{endpoint_var:s model_var:s <x>}|z) <open>})
 networks:(@list_of_strings|o{<name>:(o{aliases:@list_of_strings interface_name:s ipv4_address:s ipv6_address:s
 link_local_ips:@list_of_strings mac_address:s driver_opts:o{<any>:sn <open>} priority:n gw_priority:n <x>}|z)})
 oom_kill_disable:bs oom_score_adj:(s|i-1000..1000) pid:sz pids_limit:ns platform:s ports:a[(n|s|o{name:s mode:s
 host_ip:s target:is published:si protocol:s app_protocol:s <x>})]! post_start:a[@service_hook]
 pre_stop:a[@service_hook] privileged:bs profiles:@list_of_strings pull_policy:s~ pull_refresh_after:s read_only:bs
 restart:s runtime:s scale:is security_opt:a[s]! shm_size:ns secrets:@service_config_or_secret sysctls:@list_or_dict
 stdin_open:bs stop_grace_period:s stop_signal:s storage_opt:o tmpfs:@string_or_list tty:bs ulimits:@ulimits
 use_api_socket:b user:s uts:s userns_mode:s volumes:a[(s|o{type!:s=bind,volume,tmpfs,cluster,npipe,image source:s
 target:s read_only:bs consistency:s bind:o{propagation:s create_host_path:bs
 recursive:s=enabled,disabled,writable,readonly selinux:s=z,Z <x>} volume:o{labels:@list_or_dict nocopy:bs subpath:s
 <x>} tmpfs:o{size:(i0..|s) mode:ns <x>} image:o{subpath:s <x>} <x>})]! volumes_from:a[s]! working_dir:s <x>}
healthcheck o{disable:bs interval:s retries:ns test:(s|a[s]) timeout:s start_period:s start_interval:s <x>}
development oz{watch:a[o{ignore:@string_or_list include:@string_or_list path!:s
 action!:s=rebuild,sync,restart,sync+restart,sync+exec target:s exec:@service_hook initial_sync:b <x>}] <x>}
deployment oz{mode:s endpoint_mode:s replicas:is labels:@list_or_dict rollback_config:o{parallelism:is delay:s
 failure_action:s monitor:s max_failure_ratio:ns order:s=start-first,stop-first <x>} update_config:o{parallelism:is
 delay:s failure_action:s monitor:s max_failure_ratio:ns order:s=start-first,stop-first <x>}
 resources:o{limits:o{cpus:ns memory:s pids:is <x>} reservations:o{cpus:ns memory:s
 generic_resources:@generic_resources devices:@devices <x>} <x>} restart_policy:o{condition:s delay:s
 max_attempts:is window:s <x>} placement:o{constraints:a[s] preferences:a[o{spread:s <x>}] max_replicas_per_node:is
 <x>} <x>}
generic_resources a[o{discrete_resource_spec:o{kind:s value:ns <x>} <x>}]
devices a[o{capabilities!:@list_of_strings count:si device_ids:@list_of_strings driver:s options:@list_or_dict <x>}]
gpus (s=all|a[o{capabilities:@list_of_strings count:si device_ids:@list_of_strings driver:s options:@list_or_dict
 <open>}])
include (s|o{path:@string_or_list env_file:@string_or_list project_directory:s})
network oz{name:s driver:s driver_opts:o{<any>:sn <open>} ipam:o{driver:s config:a[o{subnet:s ip_range:s gateway:s
 aux_addresses:o{<any>:s} <x>}] options:o{<any>:s} <x>} external:bso{name:s <x>} internal:bs enable_ipv4:bs
 enable_ipv6:bs attachable:bs labels:@list_or_dict <x>}
volume oz{name:s driver:s driver_opts:o{<any>:sn <open>} external:bso{name:s <x>} labels:@list_or_dict <x>}
secret o{name:s environment:s file:s external:bso{name:s <open>} labels:@list_or_dict driver:s
 driver_opts:o{<any>:sn <open>} template_driver:s <x>}
config o{name:s content:s environment:s file:s external:bso{name:s <open>} labels:@list_or_dict template_driver:s
 <x>}
model o{name:s model!:s context_size:i runtime_flags:a[s] <x>}
command (z|s|a[s])
service_hook o{command!:@command user:s privileged:bs working_dir:s environment:@list_or_dict <x>}
env_file (s|a[(s|o{path!:s format:s required:bs})])
label_file (s|a[s])
string_or_list (s|@list_of_strings)
list_of_strings a[s]!
list_or_dict (o{<any>:snbz}|a[s]!)
extra_hosts (o{<any>:(s|a[s])}|a[s]!)
blkio_limit o{path:s rate:is}
blkio_weight o{path:s weight:is}
service_config_or_secret a[(s|o{source:s target:s uid:s gid:s mode:ns <x>})]
ulimits o{<word>:(is|o{hard!:is soft!:is <x>}) <open>}
`;
