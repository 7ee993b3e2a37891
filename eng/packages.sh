#!/usr/bin/env bash
# Builds and runs SupportBot with its tests, a worker and a function from the packed packages, in an empty folder, as a newcomer would. Needs "dotnet pack -c Release".
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$PWD
packed=$root/artifacts/packages
property() { sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" "$2"; }
version=$(property VersionPrefix Directory.Build.props)-$(property VersionSuffix Directory.Build.props)
[ -e "$packed/WhatsSession.Sdk.$version.nupkg" ] || { echo "There is no WhatsSession.Sdk.$version.nupkg in artifacts/packages: pack first."; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r eng/packages/Worker eng/packages/Function samples/SupportBot samples/SupportBot.Tests "$folder"
cd "$folder"
rm -rf ./*/bin ./*/obj ./*/packages.lock.json

# Projects of the repository become packages, each with its version.
for project in */*.csproj; do
  sed -i -E "s|<ProjectReference Include=\"\.\./\.\./src/[^\"]*/(WhatsSession\.[A-Za-z]+)\.csproj\" />|<PackageReference Include=\"\1\" />|" "$project"
  for package in $(sed -n -E 's|.*<PackageReference Include="([^"]*)" />.*|\1|p' "$project"); do
    case $package in
      WhatsSession.*) wanted=$version ;;
      *) wanted=$(sed -n "s|.*<PackageVersion Include=\"$package\" Version=\"\([^\"]*\)\".*|\1|p" "$root/Directory.Packages.props" | head -n 1) ;;
    esac
    [ "$wanted" != '$(MicrosoftExtensionsVersion)' ] || wanted=$(property MicrosoftExtensionsVersion "$root/Directory.Packages.props")
    sed -i "s|<PackageReference Include=\"$package\" />|<PackageReference Include=\"$package\" Version=\"$wanted\" />|" "$project"
  done
done

cat >Directory.Build.props <<'XML'
<Project>
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <!-- The audit asks a feed that an offline mirror may not have. -->
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
XML

# The packages of others come from where the machine has them already, or from its feeds; all of them into a folder of this run's own.
had=$(dotnet nuget locals global-packages --list | sed 's/.*global-packages: //')
mkdir -p "$had"
cat >nuget.config <<XML
<configuration>
  <config>
    <add key="globalPackagesFolder" value="$folder/.packages" />
  </config>
  <packageSources>
    <add key="packed" value="$packed" />
    <add key="had" value="$had" />
  </packageSources>
  <fallbackPackageFolders>
    <clear />
  </fallbackPackageFolders>
</configuration>
XML
{ echo '<Solution>'; printf '  <Project Path="%s" />\n' */*.csproj; echo '</Solution>'; } >Newcomer.slnx

dotnet build Newcomer.slnx -v quiet -tl:off
for package in .packages/whatssession.*/*/*.nupkg; do
  name=$(basename "$package")
  cmp "$package" "$(find "$packed" -iname "$name")" || { echo "$name is not what was packed."; exit 1; }
done

for program in Function Worker SupportBot.Tests; do
  (cd "$program" && timeout 120 "bin/Debug/net10.0/$program" >"$folder/$program.log" 2>&1) || { cat "$folder/$program.log"; echo "$program failed with the packages."; exit 1; }
  grep -E "^(Function|Worker):|Total:" "$folder/$program.log" || true
done
